// SPDX-License-Identifier: GPL-3.0-or-later
// Draws up the session that ships with the sample, without its numbers; a run puts them in:
//     make_example_session resources/sample draft.ocellus
//     ocellus-cli run draft.ocellus --write resources/sample/example.ocellus
#include <exception>
#include <filesystem>
#include <iostream>

#include "core/data/sample.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"
#include "core/session/session_files.h"
#include "core/session/session_writer.h"

namespace {

using namespace ocellus;

constexpr Size pictureSize{384, 384};
// Of the sample's classes: two that only their marks tell apart, orange spots on the hind wings and dark squares.
constexpr int aurantia = 2, virgata = 6;

/// The same on both sides, as somebody would select it by hand.
Mask onBothWings(const Mask& left, const Mask& right)
{
    return feathered(added(left, right), 1);
}

/// One species with its mark taken away and the other's given to it.
PictureEdits edits()
{
    const Mask spots =
        onBothWings(ellipseMask(pictureSize, {118, 261, 38, 38}), ellipseMask(pictureSize, {257, 233, 37, 37}));
    const Mask squares =
        onBothWings(rectangleMask(pictureSize, {80, 223, 16, 24}), rectangleMask(pictureSize, {297, 182, 16, 24}));
    return {{{"Remove the orange spots", spots, Inpaint{}, true},
             {"Darken two squares", squares, TakeColour{{24, 22, 22}}, true}},
            squares,
            {{"orange spots", spots}, {"squares", squares}}};
}

StoredResult wanted(int picture, const EditList& edits, const QuerySet& set)
{
    return {picture, contentKey(edits), set, {}, virgata, 2, {}, {}};
}

Session exampleOf(const std::filesystem::path& folder)
{
    const Sample sample = findSample(folder);
    Session session;
    session.program = "example";
    session.model = referenceTo(sample.model);
    session.pictures = {{referenceTo(folder / "pairs" / "Calcidella_aurantia.jpg"), edits()},
                        {referenceTo(folder / "pairs" / "Calcidella_aurantia.as.Lactomima_virgata.jpg"), {}}};
    session.view = {0, virgata, 0, 2, {LimitMode::Zero, {aurantia, virgata}}, false, "{}", ""};
    for (const QuerySet& set : {QuerySet(), session.view.limit}) {
        session.results.push_back(wanted(0, {}, set));
        session.results.push_back(wanted(0, session.pictures[0].edits.edits, set));
        session.results.push_back(wanted(1, {}, set));
    }
    return session;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: make_example_session SAMPLE-FOLDER SESSION\n";
        return 2;
    }
    try {
        writeSession(argv[2], exampleOf(argv[1]));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
