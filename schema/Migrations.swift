/// One numbered step that makes or changes a database; never edited once shipped.
package struct Migration: Sendable {
    package let name: String
    package let sql: String

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        sql = String(decoding: bytes, as: UTF8.self)
    }
}

/// The SQL that makes the product's databases, embedded, in the order in which it is applied.
package enum Migrations {
    /// What a node and head office's own database share: the organisation, log-ins, audit.
    private static let common = [
        Migration("c0001_organisation", PackageResources.c0001_organisation_sql),
        Migration("c0002_access", PackageResources.c0002_access_sql),
    ]

    /// An outlet's node.
    package static let branch =
        common + [
            Migration("b0001_node", PackageResources.b0001_node_sql),
            Migration("b0002_customer", PackageResources.b0002_customer_sql),
            Migration("b0003_identify", PackageResources.b0003_identify_sql),
            Migration("b0004_assign", PackageResources.b0004_assign_sql),
            Migration("b0005_work", PackageResources.b0005_work_sql),
            Migration("b0006_change", PackageResources.b0006_change_sql),
            Migration("b0007_identity", PackageResources.b0007_identity_sql),
            Migration("b0008_dispute", PackageResources.b0008_dispute_sql),
            Migration("b0009_restore", PackageResources.b0009_restore_sql),
            Migration("b0010_lane", PackageResources.b0010_lane_sql),
            Migration("b0020_directory", PackageResources.b0020_directory_sql),
            Migration("b0011_attested", PackageResources.b0011_attested_sql),
            Migration("b0014_profile", PackageResources.b0014_profile_sql),
            Migration("b0015_follow", PackageResources.b0015_follow_sql),
            Migration("b0017_numbering", PackageResources.b0017_numbering_sql),
            Migration("b0021_amends", PackageResources.b0021_amends_sql),
            Migration("b0012_snapshot", PackageResources.b0012_snapshot_sql),
            Migration("b0024_apart", PackageResources.b0024_apart_sql),
            Migration("b0026_discarded", PackageResources.b0026_discarded_sql),
            Migration("b0027_unverified", PackageResources.b0027_unverified_sql),
            Migration("b0025_enrolment_key", PackageResources.b0025_enrolment_key_sql),
            Migration("b0030_parameters_used", PackageResources.b0030_parameters_used_sql),
            Migration("b0031_manual_addition", PackageResources.b0031_manual_addition_sql),
            Migration("b0032_voided_change", PackageResources.b0032_voided_change_sql),
            Migration("b0033_claim_by_hand", PackageResources.b0033_claim_by_hand_sql),
            Migration("b0034_tier_standing", PackageResources.b0034_tier_standing_sql),
            Migration("b0035_elsewhere", PackageResources.b0035_elsewhere_sql),
            Migration("b0039_book_move", PackageResources.b0039_book_move_sql),
            Migration("b0040_delegation", PackageResources.b0040_delegation_sql),
            Migration("b0041_handed_on", PackageResources.b0041_handed_on_sql),
            Migration("b0042_customer_key", PackageResources.b0042_customer_key_sql),
            Migration("b0045_customer_merge", PackageResources.b0045_customer_merge_sql),
            Migration("b0047_timed_close", PackageResources.b0047_timed_close_sql),
            Migration("b0050_renewal_sent", PackageResources.b0050_renewal_sent_sql),
            Migration("b0051_merged_number", PackageResources.b0051_merged_number_sql),
            Migration("b0052_close", PackageResources.b0052_close_sql),
            Migration("b0053_standing_numbered", PackageResources.b0053_standing_numbered_sql),
        ]

    /// Head office's database of the whole bank.
    package static let headOffice =
        common + [
            Migration("h0001_node", PackageResources.h0001_node_sql),
            Migration("h0002_identity", PackageResources.h0002_identity_sql),
            Migration("h0009_restored", PackageResources.h0009_restored_sql),
            Migration("h0010_delivered", PackageResources.h0010_delivered_sql),
            Migration("h0018_tier", PackageResources.h0018_tier_sql),
            Migration("h0020_closed", PackageResources.h0020_closed_sql),
            Migration("h0021_enrolled", PackageResources.h0021_enrolled_sql),
            Migration("h0030_parameter", PackageResources.h0030_parameter_sql),
        ]

    /// Head office's database of one first-tier branch.
    package static let firstTier = [
        Migration("f0001_received", PackageResources.f0001_received_sql),
        Migration("f0002_settlement", PackageResources.f0002_settlement_sql),
        Migration("f0003_dispute", PackageResources.f0003_dispute_sql),
        Migration("f0004_lane", PackageResources.f0004_lane_sql),
        Migration("f0005_recovery", PackageResources.f0005_recovery_sql),
        Migration("f0006_attested", PackageResources.f0006_attested_sql),
        Migration("f0009_profile", PackageResources.f0009_profile_sql),
        Migration("f0010_follow", PackageResources.f0010_follow_sql),
        Migration("f0012_sequence", PackageResources.f0012_sequence_sql),
        Migration("f0013_forced", PackageResources.f0013_forced_sql),
        Migration("f0014_arrived", PackageResources.f0014_arrived_sql),
        Migration("f0015_epoch", PackageResources.f0015_epoch_sql),
        Migration("f0007_snapshot", PackageResources.f0007_snapshot_sql),
        Migration("f0018_apart", PackageResources.f0018_apart_sql),
        Migration("f0020_discarded", PackageResources.f0020_discarded_sql),
        Migration("f0021_part", PackageResources.f0021_part_sql),
        Migration("f0030_tier_standing", PackageResources.f0030_tier_standing_sql),
        Migration("f0031_tier_progress", PackageResources.f0031_tier_progress_sql),
        Migration("f0034_tier_word", PackageResources.f0034_tier_word_sql),
        Migration("f0037_customer_key", PackageResources.f0037_customer_key_sql),
        Migration("f0032_target_renewal", PackageResources.f0032_target_renewal_sql),
        Migration("f0033_outlet_gone", PackageResources.f0033_outlet_gone_sql),
        Migration("f0038_fenced", PackageResources.f0038_fenced_sql),
        Migration("f0039_key_before_customer", PackageResources.f0039_key_before_customer_sql),
        Migration("f0050_contact_by_arrival", PackageResources.f0050_contact_by_arrival_sql),
        Migration("f0051_contact_lot", PackageResources.f0051_contact_lot_sql),
    ]
}
