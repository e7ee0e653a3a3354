enum HeadOfficePlaceholder {}
