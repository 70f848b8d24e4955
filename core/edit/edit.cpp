// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/edit.h"

#include <array>
#include <cmath>

#include "core/edit/same_edits.h"

namespace ocellus {

bool Edit::operator==(const Edit& other) const
{
    return name == other.name && enabled == other.enabled && mask == other.mask &&
           doTheSame(operation, other.operation);
}

ContentKey contentKey(const Edit& edit)
{
    const std::array keys{edit.mask.key(), contentKey(edit.operation)};
    return contentKey(std::as_bytes(std::span(keys)));
}

ContentKey contentKey(const EditList& edits)
{
    std::vector<ContentKey> keys;
    for (const Edit& edit : edits)
        if (edit.enabled)
            keys.push_back(contentKey(edit));
    return contentKey(std::as_bytes(std::span(keys)));
}

bool changesGeometry(const Operation& operation)
{
    return std::holds_alternative<Crop>(operation) || std::holds_alternative<Rotate>(operation);
}

bool needsMask(const Operation& operation)
{
    return !changesGeometry(operation) && !std::holds_alternative<Brightness>(operation) &&
           !std::holds_alternative<Contrast>(operation);
}

Size sizeAfter(Size picture, const Edit& edit)
{
    if (!edit.enabled)
        return picture;
    if (const auto* crop = std::get_if<Crop>(&edit.operation))
        return {crop->box.width, crop->box.height};
    const auto* rotate = std::get_if<Rotate>(&edit.operation);
    if (rotate && std::fmod(std::abs(rotate->degrees), 180) == 90)
        return {picture.height, picture.width};
    return picture;
}

Size sizeAfter(Size original, const EditList& edits)
{
    for (const Edit& edit : edits)
        original = sizeAfter(original, edit);
    return original;
}

PixelBox affectedBox(const EditList& edits, Size original)
{
    PixelBox box;
    for (const Edit& edit : edits) {
        if (!edit.enabled)
            continue;
        if (changesGeometry(edit.operation))
            return wholeBox(sizeAfter(original, edits));
        box = united(box, edit.mask.isNone() ? wholeBox(original) : edit.mask.box());
    }
    return box;
}

} // namespace ocellus
