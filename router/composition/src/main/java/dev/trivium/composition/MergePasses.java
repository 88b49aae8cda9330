package dev.trivium.composition;

/// The passes that merge parts of elements, for those that merge whole ones.
record MergePasses(
        MergeDescriptions descriptions,
        MergeAppliedDirectives applied,
        MergeTypeReferences types,
        MergeInputValues values,
        MergeArguments arguments,
        HintInconsistencies hints) {

    static MergePasses of(MergeContext context) {
        var descriptions = new MergeDescriptions(context.report);
        var applied = new MergeAppliedDirectives(context);
        var types = new MergeTypeReferences(context);
        var values = new MergeInputValues(context, descriptions, applied, types);
        return new MergePasses(
                descriptions,
                applied,
                types,
                values,
                new MergeArguments(context, values),
                new HintInconsistencies(context));
    }
}
