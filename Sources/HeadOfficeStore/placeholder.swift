enum HeadOfficeStorePlaceholder {}
