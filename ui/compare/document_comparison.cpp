// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/document_comparison.h"

#include "ui/document/document.h"
#include "ui/document/live_answer.h"

namespace ocellus {

namespace {

/// Of the selected edit, where the model has seen it as it is.
Mask maskOf(const EditList& edits, const PictureEditor& editor)
{
    const int selected = editor.state().edits == edits ? editor.selectedEdit() : -1;
    if (selected >= 0 && selected < static_cast<int>(edits.size())) {
        const Mask& mask = edits[static_cast<std::size_t>(selected)].mask;
        if (!mask.isNone())
            return mask;
    }
    return editedRegion(edits);
}

} // namespace

EditComparison comparisonOf(const Document& document, const LiveAnswer& answer)
{
    if (!answer.result().isEdited())
        return {};
    const Explanation before = answer.explanationBefore();
    const Explanation after = answer.explanationOfHeads();
    if (before.isEmpty() || after.isEmpty())
        return {};
    QStringList names;
    for (int c = 0; c < after.decoding->extent().classes; ++c)
        names += document.classNames().label(c);
    const EditList& edits = answer.result().shown.edits;
    return editComparison(before, after, edits, maskOf(edits, document.editor()), names);
}

} // namespace ocellus
