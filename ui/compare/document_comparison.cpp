// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/document_comparison.h"

#include "ui/document/document.h"

namespace ocellus {

namespace {

Mask maskOf(const PictureEditor& editor)
{
    const EditList& edits = editor.state().edits;
    const int selected = editor.selectedEdit();
    if (selected >= 0 && selected < static_cast<int>(edits.size())) {
        const Mask& mask = edits[static_cast<std::size_t>(selected)].mask;
        if (!mask.isNone())
            return mask;
    }
    return editedRegion(edits);
}

} // namespace

EditComparison comparisonOf(const Document& document)
{
    if (!document.isEdited())
        return {};
    const Explanation before = document.explanationBefore();
    const Explanation after = document.explanation();
    if (before.isEmpty() || after.isEmpty())
        return {};
    QStringList names;
    for (int c = 0; c < after.decoding->extent().classes; ++c)
        names += document.classNames().label(c);
    return editComparison(before, after, document.editor().state().edits, maskOf(document.editor()), names);
}

} // namespace ocellus
