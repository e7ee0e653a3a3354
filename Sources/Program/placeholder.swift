enum ProgramPlaceholder {}
