/// What the server itself says to people about calls that failed, in the words clients know (contract/wire.md §5), with
/// places `%s` and `%d` for what a case is about. Files of translations translate them as texts of code.
enum FaultSentence: String, CaseIterable {
    case accessError = "AccessError"
    case validateError = "ValidateError"
    case constraintError = "Constraint Error"
    case integrityError = "Integrity Error"
    case noReading =
        "You can not read this document (%s) ! Be sure your user belongs to one of these groups: %s."
    case noWriting =
        "You can not write in this document (%s) ! Be sure your user belongs to one of these groups: %s."
    case noCreating =
        "You can not create this document (%s) ! Be sure your user belongs to one of these groups: %s."
    case noDeleting =
        "You can not delete this document (%s) ! Be sure your user belongs to one of these groups: %s."
    case forbiddenByRules = """
        Operation prohibited by access rules, or performed on an already deleted document \
        (Operation: %s, Document type: %s).
        """
    case invalidFields = "Error occurred while validating the field(s) %s: %s"
    case notInSelection = "The value \"%s\" for the field \"%s\" is not in the selection"
    case malformedOrder = """
        Invalid "order" specified. A valid "order" specification is a comma-separated list of valid field names \
        (optionally followed by asc/desc for the direction)
        """
    case recordGone = "One of the records you are trying to modify has already been deleted (Document type: %s)."
    case changedMeanwhile = "A document was modified since you last viewed it (%s:%d)"
    case notCompleted = """
        The operation cannot be completed, probably due to the following:
        - deletion: you may be trying to delete a record while other records still reference it
        - creation/update: a mandatory field is not correctly set
        """
    case referringObject = "\n\n[object with reference: %s - %s]"
}
