// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gallery/gallery_scenes.h"

#include <fstream>

#include "core/data/sample.h"
#include "core/edit/mask_file.h"
#include "tests/support/formula_checkpoint.h"
#include "ui/document/document.h"
#include "ui/window/installed_sample.h"

namespace ocellus {

namespace {

constexpr int ManyClasses = 200;

std::filesystem::path manyClasses(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "two_hundred_classes.safetensors";
    writeFormulaCheckpoint(file, smallConfig(ManyClasses));
    return file;
}

/// Latin names with a common one, of which the longest is Clark's grasshopper of 1,001 syllables' kin.
std::filesystem::path longNames(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "names.csv";
    std::ofstream text(file);
    text << "index,scientific_name,common_name\n";
    for (int i = 0; i < ManyClasses; ++i)
        text << i << ",Parastratiosphecomyia stratiosphecomyioides var. " << i
             << ",South-east Asian soldier fly number " << i << " of the northern slopes\n";
    return file;
}

std::filesystem::path brokenCheckpoint(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "half_downloaded.pth";
    std::ofstream(file) << "PK\x03\x04 and then nothing";
    return file;
}

/// Takes the mark off the sample's first picture.
void edit(GalleryWindow& window, const Sample& sample)
{
    PictureEditor& editor = window->document().editor();
    Edit edit;
    edit.mask = readMask(sample.pairs.front().mask, editor.pictureSize());
    edit.operation = Inpaint{};
    edit.name = "mark";
    editor.addEdit(edit);
    window.settle();
}

} // namespace

std::vector<GalleryScene> galleryScenes(const std::filesystem::path& folder)
{
    const Sample sample = findSample(installedSample());
    const std::filesystem::path model = manyClasses(folder);
    const std::filesystem::path names = longNames(folder);
    const std::filesystem::path broken = brokenCheckpoint(folder);
    return {
        {QStringLiteral("nothing"), [](GalleryWindow& window) { window.settle(); }},
        {QStringLiteral("sample"), [](GalleryWindow& window) { window.open({}); }},
        {QStringLiteral("edited"),
         [sample](GalleryWindow& window) {
             window.open({});
             edit(window, sample);
         }},
        {QStringLiteral("limited"),
         [](GalleryWindow& window) {
             window.open({});
             window->document().setLimit({LimitChoice::Kind::Zero, {1, 2, 6}});
             window.settle();
         }},
        {QStringLiteral("long-names"),
         [sample, model, names](GalleryWindow& window) {
             window.open({model, names, sample.pairs.front().original});
         }},
        {QStringLiteral("error"),
         [sample, broken](GalleryWindow& window) {
             window.open({broken, sample.pairs.front().original});
         }},
    };
}

} // namespace ocellus
