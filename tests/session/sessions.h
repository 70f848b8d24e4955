// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"
#include "core/session/session.h"

namespace ocellus::test {

inline void writeText(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string readText(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline FileReference someFile(const std::filesystem::path& path)
{
    return {path, std::string(64, 'a'), 7};
}

inline Edit someEdit(const std::string& name)
{
    return {name, feathered(ellipseMask({40, 30}, {5, 6, 20, 11}), 2), Inpaint{}, true};
}

/// Something of everything; nothing of it is on the disk.
inline Session someSession(const std::filesystem::path& folder)
{
    Session session;
    session.program = "1.2.3";
    session.model = someFile(folder / "model.safetensors");
    session.classes = someFile("/elsewhere/classes.txt");
    const Mask wing = rectangleMask({40, 30}, {1, 2, 3, 4});
    session.pictures = {
        {someFile(folder / "pictures" / "a.jpg"), {{someEdit("one"), someEdit("two")}, wing, {{"wing", wing}}}},
        {someFile(folder.parent_path() / "b \xc3\xbc.png"), {}},
        {someFile(folder / "latin \xfc.png"), {}}};
    session.notes = {{std::string(64, 'b'), -1, 3, "tail pattern"},
                     {std::string(64, 'c'), 7, 0, "\xe2\x86\x92 eye\nline"}};
    session.input = {{600, 1000, 0}, false, true, {}, true};
    session.view = {1, 5, 2, 1, {LimitMode::All, {3, 1}}, true, R"({"gamma":0.5,"map":"viridis"})", "AAECAw=="};
    const ContentKey edited = contentKey(session.pictures[0].edits.edits);
    session.pictures[0].byHand = {{edited, {LimitMode::Drop, {5, 2}}, {2, {0, 3}, {{1, {0, 7, 11}}, {4, {2}}}, 3, 4}},
                                  {contentKey(EditList()), {}, {2, {1}, {}}}};
    session.results = {{0, edited, {LimitMode::Zero, {5, 2}}, {0.1F, -0.0F, 1e-38F, 3.4e38F}, 2, 0, {1.5F}, {-7.25F}},
                       {0, contentKey(EditList()), {}, {1.0F / 3}, 0, 1, {}, {}}};
    Finding cover{EvidenceTest::Cover, "share=0.05", 1.0 / 3, 0.05, {0.1, -1e-300}, 0.25, {}, {}, {}, {}, {}, -1};
    Finding curve{
        EvidenceTest::Deletion, "steps=2", 0.5, 0, {0.75}, 0.5, 0.7, 0.9, {1, 0.5, 0}, {1, 0.6, 0}, {1, 0.9, 0}, 4};
    session.evidence = {{0, edited, 2, 1, 8, {"heads", 3}, cover},
                        {0, contentKey(EditList()), 2, 1, 8, {"mean", -1}, curve}};
    session.findings = {R"({"rows":[1,2.5],"why":"seen"})", {}};
    return session;
}

} // namespace ocellus::test
