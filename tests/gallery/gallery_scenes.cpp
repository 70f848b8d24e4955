// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gallery/gallery_scenes.h"

#include <fstream>

#include <QTest>

#include "core/data/sample.h"
#include "core/edit/mask_file.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/whole_transformers.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/models_comparison.h"
#include "ui/document/document.h"
#include "ui/experiment/experiment_study.h"
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

std::filesystem::path written(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

/// A model with prototypes, the second of its class taken away by hand.
void takeAway(GalleryWindow& window)
{
    window->document().setIntervention({window->document().currentClass(), {1}, {}, 0, 0});
    window.settle();
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

/// An experiment with all pictures, and controls of the edit.
void findOut(GalleryWindow& window)
{
    constexpr int patience = 300'000; // ms
    auto* study = window->findChild<ExperimentStudy*>();
    study->start();
    auto* controls = window->findChild<ControlsPanel*>();
    controls->start();
    if (!QTest::qWaitFor([&] { return !study->isRunning() && !controls->result().isEmpty(); }, patience))
        qFatal("experiment and controls do not end");
    window.settle();
}

} // namespace

std::vector<GalleryScene> galleryScenes(const std::filesystem::path& folder)
{
    const Sample sample = findSample(installedSample());
    const std::filesystem::path model = manyClasses(folder);
    const std::filesystem::path names = longNames(folder);
    const std::filesystem::path broken = brokenCheckpoint(folder);
    const std::filesystem::path net = written(folder / "10nopush.pth", test::wholeProtoPNet().file());
    const std::filesystem::path tree = written(folder / "tree.pth", test::wholeProtoTree().file());
    const std::filesystem::path former = written(folder / "former.pth", test::wholeFormer(true).file());
    return {
        {QStringLiteral("nothing"), [](GalleryWindow& window) { window.settle(); }},
        {QStringLiteral("picture"), [sample](GalleryWindow& window) { window.open({sample.pairs.front().original}); }},
        {QStringLiteral("sample"), [](GalleryWindow& window) { window.open({}); }},
        {QStringLiteral("edited"),
         [sample](GalleryWindow& window) {
             window.open({});
             edit(window, sample);
         }},
        {QStringLiteral("found"),
         [sample](GalleryWindow& window) {
             window.open({});
             edit(window, sample);
             findOut(window);
         }},
        {QStringLiteral("limited"),
         [](GalleryWindow& window) {
             window.open({});
             window->document().setLimit({LimitChoice::Kind::Zero, {1, 2, 6}});
             window.settle();
         }},
        {QStringLiteral("prototypes"),
         [sample, net](GalleryWindow& window) {
             window.open({net, sample.pairs.front().original});
             takeAway(window);
         }},
        {QStringLiteral("tree"),
         [sample, tree](GalleryWindow& window) {
             window.open({tree, sample.pairs.front().original});
         }},
        {QStringLiteral("models"),
         [net, former, broken](GalleryWindow& window) {
             window.open({});
             window->findChild<ModelsComparison*>()->addModels({net, former, broken});
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
