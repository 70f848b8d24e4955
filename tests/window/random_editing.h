// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "ui/document/picture_editor.h"

namespace ocellus {

/// Edits a picture at random, the same way for the same seed: adds, changes, moves and deletes edits, drags their
/// sliders, paints, keeps masks, and goes back and forth in the history. All that it leaves can be done to the picture,
/// whose size stays.
class RandomEditing {
public:
    explicit RandomEditing(std::uint64_t seed) : m_random(seed) {}

    /// What a user does at one go. `editor` must be ready.
    void step(PictureEditor& editor);

    RandomStream& random() { return m_random; }

private:
    void travel(PictureEditor& editor);
    void paint(PictureEditor& editor);
    void keepMask(PictureEditor& editor);
    void add(PictureEditor& editor);
    void dragSlider(PictureEditor& editor, std::size_t index);
    void changeList(PictureEditor& editor);
    std::size_t distantPlace(const EditHistory& history);
    std::size_t place(std::size_t below);

    RandomStream m_random;
};

} // namespace ocellus
