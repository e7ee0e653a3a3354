enum LinePlaceholder {}
