// SPDX-License-Identifier: GPL-3.0-or-later
// Draws up the session that ships with the sample, without its numbers; a run puts them in:
//     make_example_session resources/sample draft.ocellus
//     ocellus-cli run draft.ocellus --write resources/sample/example.ocellus
#include <exception>
#include <filesystem>
#include <iostream>

#include "core/data/sample.h"
#include "core/edit/mask_combining.h"
#include "core/image/decode.h"
#include "core/session/session_files.h"
#include "core/session/session_writer.h"

namespace {

using namespace ocellus;

// Of the sample's classes: two that only a black bar on each hind wing tells apart.
constexpr int posticata = 2, pura = 6;
constexpr int lastLayer = 1;

/// Where the pair's two pictures differ, as somebody would select it by hand: a little more, with a soft edge.
Mask barsOf(const SamplePair& pair)
{
    const Picture drawn = decodePicture(pair.mask);
    std::vector<std::uint8_t> alpha;
    for (std::size_t i = 0; i < drawn.rgb.size(); i += 3)
        alpha.push_back(drawn.rgb[i]);
    return feathered(grownBy({drawn.size, wholeBox(drawn.size), std::move(alpha)}, 3), 1);
}

/// One species with its mark taken away.
PictureEdits edits(const SamplePair& pair)
{
    const Mask bars = barsOf(pair);
    return {{{"Take the black bars off", bars, Inpaint{}, true}}, bars, {{"black bars", bars}}};
}

StoredResult wanted(int picture, const EditList& edits, const QuerySet& set)
{
    return {picture, contentKey(edits), set, {}, pura, lastLayer, {}, {}};
}

Session exampleOf(const std::filesystem::path& folder)
{
    const Sample sample = findSample(folder);
    Session session;
    session.program = "example";
    session.model = referenceTo(sample.model);
    const SamplePair& pair = sample.pairs.front();
    session.pictures = {{referenceTo(pair.original), edits(pair)}, {referenceTo(pair.redrawn), {}}};
    session.view = {0, pura, 0, lastLayer, {LimitMode::Zero, {posticata, pura}}, false, "{}", ""};
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
