// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/edit_change.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace {

void requireIndex(std::size_t index, std::size_t count, const char* subject)
{
    if (index >= count)
        throw Error(ErrorCode::BadArgument, subject,
                    "expected a place below " + std::to_string(count) + ", got " + std::to_string(index));
}

void requireName(const std::string& name, const char* subject)
{
    if (name.size() > maxNameBytes)
        throw Error(ErrorCode::BadArgument, subject,
                    "expected a name of at most " + std::to_string(maxNameBytes) + " bytes, got " +
                        std::to_string(name.size()));
}

/// A list of things with names, and what errors call it.
template <class Item>
struct NamedList {
    std::vector<Item>& items;
    const char* subject;
    std::size_t most;

    auto at(std::size_t index) const { return items.begin() + static_cast<std::ptrdiff_t>(index); }

    void insert(std::size_t index, const Item& item) const
    {
        requireIndex(index, items.size() + 1, subject);
        requireName(item.name, subject);
        if (items.size() >= most)
            throw Error(ErrorCode::TooLarge, subject, "expected at most " + std::to_string(most) + " of a picture");
        items.insert(at(index), item);
    }

    Item erase(std::size_t index) const
    {
        requireIndex(index, items.size(), subject);
        Item item = std::move(items[index]);
        items.erase(at(index));
        return item;
    }

    Item replace(std::size_t index, const Item& item) const
    {
        requireIndex(index, items.size(), subject);
        requireName(item.name, subject);
        return std::exchange(items[index], item);
    }

    void move(std::size_t from, std::size_t to) const
    {
        requireIndex(from, items.size(), subject);
        requireIndex(to, items.size(), subject);
        if (from < to)
            std::rotate(at(from), at(from + 1), at(to + 1));
        else
            std::rotate(at(to), at(from), at(from + 1));
    }
};

/// Does a change and gives its inverse.
struct Changer {
    PictureEdits& state;
    NamedList<Edit> edits{state.edits, "edits", maxEdits};
    NamedList<NamedMask> masks{state.masks, "masks", maxMasks};

    EditChange operator()(const InsertEdit& change) const
    {
        edits.insert(change.index, change.edit);
        return EraseEdit{change.index};
    }
    EditChange operator()(const EraseEdit& change) const { return InsertEdit{change.index, edits.erase(change.index)}; }
    EditChange operator()(const ReplaceEdit& change) const
    {
        return ReplaceEdit{change.index, edits.replace(change.index, change.edit)};
    }
    EditChange operator()(const MoveEdit& change) const
    {
        edits.move(change.from, change.to);
        return MoveEdit{change.to, change.from};
    }
    EditChange operator()(const SetSelection& change) const
    {
        return SetSelection{std::exchange(state.selection, change.mask)};
    }
    EditChange operator()(const InsertMask& change) const
    {
        masks.insert(change.index, change.mask);
        return EraseMask{change.index};
    }
    EditChange operator()(const EraseMask& change) const { return InsertMask{change.index, masks.erase(change.index)}; }
    EditChange operator()(const ReplaceMask& change) const
    {
        return ReplaceMask{change.index, masks.replace(change.index, change.mask)};
    }
};

std::size_t bytesOf(const Edit& edit)
{
    const auto* copy = std::get_if<CopyPatch>(&edit.operation);
    return edit.mask.alpha().size() + (copy && copy->source ? copy->source->rgb.size() : 0);
}

struct ByteCounter {
    std::size_t operator()(const InsertEdit& change) const { return bytesOf(change.edit); }
    std::size_t operator()(const EraseEdit&) const { return 0; }
    std::size_t operator()(const ReplaceEdit& change) const { return bytesOf(change.edit); }
    std::size_t operator()(const MoveEdit&) const { return 0; }
    std::size_t operator()(const SetSelection& change) const { return change.mask.alpha().size(); }
    std::size_t operator()(const InsertMask& change) const { return change.mask.mask.alpha().size(); }
    std::size_t operator()(const EraseMask&) const { return 0; }
    std::size_t operator()(const ReplaceMask& change) const { return change.mask.mask.alpha().size(); }
};

} // namespace

EditChange changeEdits(PictureEdits& state, const EditChange& change)
{
    return std::visit(Changer{state}, change);
}

std::vector<EditChange> changeEdits(PictureEdits& state, const std::vector<EditChange>& changes)
{
    std::vector<EditChange> inverses;
    try {
        for (const EditChange& change : changes)
            inverses.push_back(changeEdits(state, change));
    } catch (...) {
        for (auto inverse = inverses.rbegin(); inverse != inverses.rend(); ++inverse)
            changeEdits(state, *inverse);
        throw;
    }
    std::reverse(inverses.begin(), inverses.end());
    return inverses;
}

std::size_t bytesOf(const EditChange& change)
{
    return std::visit(ByteCounter(), change);
}

std::size_t bytesOf(const PictureEdits& state)
{
    std::size_t bytes = state.selection.alpha().size();
    for (const Edit& edit : state.edits)
        bytes += bytesOf(edit);
    for (const NamedMask& mask : state.masks)
        bytes += mask.mask.alpha().size();
    return bytes;
}

} // namespace ocellus
