// SPDX-License-Identifier: GPL-3.0-or-later
// Draws up the session that ships with the sample, without its numbers; a run puts them in:
//     make_example_session resources/sample draft.ocellus
//     ocellus-cli run draft.ocellus --write resources/sample/example.ocellus
#include <exception>
#include <filesystem>
#include <iostream>
#include <utility>

#include "core/data/sample.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"
#include "core/session/session_files.h"
#include "core/session/session_writer.h"

namespace {

using namespace ocellus;

constexpr Size pictureSize{384, 384};
// Of the sample's classes: the two of one ring, which only their marks tell apart.
constexpr int aurantia = 2, virgata = 6, rubella = 3;

/// Two spots, one on each wing, as somebody would select them by hand.
Mask spots(const Box& left, const Box& right)
{
    return feathered(added(ellipseMask(pictureSize, left), ellipseMask(pictureSize, right)), 1.5);
}

SessionPicture picture(const std::filesystem::path& path, const std::string& name, const Mask& mask,
                       const std::string& what, const Operation& operation)
{
    return {referenceTo(path), {{{what, mask, operation, true}}, mask, {{name, mask}}}};
}

StoredResult wanted(int number, const EditList& edits, const QuerySet& set, int classIndex)
{
    return {number, contentKey(edits), set, {}, classIndex, 2, {}, {}};
}

Session exampleOf(const std::filesystem::path& folder)
{
    const Sample sample = findSample(folder);
    const std::filesystem::path pairs = folder / "pairs";
    Session session;
    session.program = "example";
    session.model = referenceTo(sample.model);
    session.pictures = {picture(pairs / "Calcidella_aurantia.jpg", "orange spots",
                                spots({118, 261, 38, 38}, {257, 233, 37, 37}), "Remove the orange spots", Inpaint{}),
                        picture(pairs / "Caudimela_rubella.jpg", "red spots",
                                spots({139, 259, 32, 34}, {208, 262, 32, 32}), "Darken the red spots",
                                TakeColour{{22, 19, 18}})};
    session.view = {0, aurantia, 0, 2, {LimitMode::Zero, {aurantia, virgata}}, false, "{}", ""};
    const QuerySet& ring = session.view.limit;
    for (const auto& [number, classIndex] : {std::pair(0, aurantia), std::pair(1, rubella)}) {
        const EditList& edits = session.pictures[static_cast<std::size_t>(number)].edits.edits;
        session.results.push_back(wanted(number, {}, {}, classIndex));
        session.results.push_back(wanted(number, edits, {}, classIndex));
    }
    session.results.push_back(wanted(0, {}, ring, aurantia));
    session.results.push_back(wanted(0, session.pictures[0].edits.edits, ring, virgata));
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
