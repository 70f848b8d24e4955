// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>

#include <QtTest>

#include "core/engine/engine.h"
#include "core/engine/model_settings.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "core/io/checkpoint.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/vit/vit_tensors.h"
#include "core/train/data/training_set.h"
#include "core/train/trainer.h"
#include "core/train/vit_backbone.h"
#include "core/train/vit_recipe.h"
#include "tests/support/error_of.h"
#include "tests/support/small_vit.h"
#include "tests/train/grey_pictures.h"
#include "tests/train/training_runs.h"

using namespace ocellus;
using namespace ocellus::test;

namespace fs = std::filesystem;

namespace {

using Spoil = std::function<void(TrainOptions&)>;

/// Dark against bright pictures, and a Vision Transformer that nobody trained.
class Bench : public GreyPictures {
public:
    Bench()
    {
        weights = folder.path() / "vit.safetensors";
        writeSafetensors(weights, FormulaSource(vitTensors(smallVit())), DType::Float32, {});
    }

    TrainOptions options(const std::string& name, HeadKind head) const
    {
        TrainOptions options = runOptions(name, 6, 1e-2);
        options.model.head = head;
        options.model.vit = smallVit();
        options.model.promptLayers = head == HeadKind::Prompts ? smallVit().depth : 0;
        options.model.hiddenDim = 16;
        options.model.heads = 2;
        options.model.encoderLayers = 0;
        options.model.decoderLayers = 1;
        options.model.feedForward = 16;
        options.backboneName = "vit_tiny_patch16";
        options.backboneWeights = weights;
        options.freezeBackbone = true;
        options.preprocess.fixedSide = 64;
        options.preprocess.normalisation = Normalisation::Half;
        options.dropout = 0;
        options.clip = 0;
        options.schedule = Schedule::OneCycle;
        return options;
    }

    fs::path weights;
};

std::size_t filesBelow(const fs::path& folder)
{
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1U : 0U;
    return count;
}

} // namespace

Q_DECLARE_METATYPE(Spoil)
Q_DECLARE_METATYPE(ocellus::HeadKind)

/// Training on a Vision Transformer: what is refused, what is learned, and that our own loader opens it without a
/// doubt.
class TestVitTraining : public QObject {
    Q_OBJECT

private slots:
    void refusesOptions_data();
    void refusesOptions();
    void refusesWeights_data();
    void refusesWeights();
    void takesFromItsNameWhatWeightsDoNotTell();
    void learnsAndOpensWithoutAssumptions_data();
    void learnsAndOpensWithoutAssumptions();
    void stoppedRunEndsAsIfNeverStopped_data();
    void stoppedRunEndsAsIfNeverStopped();
    void goesOnWithTheFeaturesThatThereAre_data();
    void goesOnWithTheFeaturesThatThereAre();
    void keepsTheFrozenBackbone();
    void keepsWithinTheLimitOfTheDisk();
    void trainsFromScratch();
    void refusesToResumeAnother();
    void hasPublishedRecipes();

private:
    Bench m_bench;
};

void TestVitTraining::refusesOptions_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "pictures of several sizes", [](auto& o) { o.preprocess.fixedSide = 0; }, "--image-size: expected one size");
    row(
        "batch norms", [](auto& o) { o.batchNorm = BatchNormMode::Train, o.freezeBackbone = false; }, "--batch-norm");
    row(
        "a whole model to start from", [](auto& o) { o.finetune = "a", o.backboneWeights.clear(); }, "--finetune");
    row(
        "Prompt-CAM on a ResNet", [](auto& o) { o.model.vit.reset(); }, "--head: expected a Vision Transformer");
    row(
        "constant prompts of no prompts", [](auto& o) { o.model.head = HeadKind::Shared, o.fixedPrompts = 1; },
        "--train-prompts");
    row(
        "constant prompts alone", [](auto& o) { o.fixedPrompts = 2; }, "--train-prompts");
    row(
        "heads that do not divide", [](auto& o) { o.model.vit->heads = 5; }, "num_heads");
    row(
        "a warm-up without an end", [](auto& o) { o.warmupEpochs = 6; }, "--warmup-epochs");
    row(
        "crops of what is cut",
        [](auto& o) {
            o.preprocess = parsePreprocess("crop:73:64");
            o.augmentation = Augmentation::Full;
            o.freezeBackbone = false;
        },
        "--augmentation");
}

void TestVitTraining::refusesOptions()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const QString, says);
    TrainOptions options = m_bench.options("refused", HeadKind::Prompts);
    spoil(options);
    QString message;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message));
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(!fs::exists(options.out / "checkpoint.pth"));
}

void TestVitTraining::refusesWeights_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown name") << "vit_giant_patch3"
                                  << "expected resnet18";
    QTest::newRow("another network") << "vit_small_patch14_dinov2"
                                     << "got width 32, 2 blocks, patches of 16";
}

void TestVitTraining::refusesWeights()
{
    QFETCH(const QString, name);
    QFETCH(const QString, says);
    QString message;
    QVERIFY(errorOf([&] { vitOfWeights(vitNamed(name.toStdString(), {}), m_bench.weights, {}, {}); }, &message));
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(errorOf([&] { vitOfWeights(vitNamed("vit_small_patch16", {}), "/no/such.pth", {}, {}); }) ==
            ErrorCode::NotFound);
}

void TestVitTraining::takesFromItsNameWhatWeightsDoNotTell()
{
    const VitConfig vit = vitNamed("vit_tiny_patch16", {}).config;
    const fs::path path = m_bench.folder.path() / "tiny.safetensors";
    writeSafetensors(path, FormulaSource(vitTensors(vit)), DType::Float32, {{"norm_eps", "1e-5"}});
    ModelSettings given;
    given.resampling = PositionResampling::Plain;
    const VitBackbone backbone = vitOfWeights(vitNamed("vit_tiny_patch16", {}), path, {}, given);
    QCOMPARE(backbone.config.heads, 3);
    QCOMPARE(backbone.config.eps, 1e-5); // the file's own word goes before the name's
    QVERIFY(backbone.config.resampling == PositionResampling::Plain);
    QCOMPARE(backbone.remarks.size(), std::size_t{1});
    QVERIFY(backbone.remarks.front().find("num_heads 3") != std::string::npos);
    QVERIFY(backbone.remarks.front().find("norm_eps") == std::string::npos);
}

void TestVitTraining::learnsAndOpensWithoutAssumptions_data()
{
    QTest::addColumn<HeadKind>("head");
    QTest::addColumn<int>("fixed");
    QTest::addColumn<QString>("family");
    QTest::newRow("INTR") << HeadKind::Shared << 0 << "intr-vit";
    QTest::newRow("INTR-FC") << HeadKind::PerClass << 0 << "intr-vit";
    QTest::newRow("Prompt-CAM") << HeadKind::Prompts << 0 << "prompt-cam";
    QTest::newRow("Prompt-CAM, the last prompts alone") << HeadKind::Prompts << 1 << "prompt-cam";
    QTest::newRow("linear") << HeadKind::None << 0 << "vit";
}

void TestVitTraining::learnsAndOpensWithoutAssumptions()
{
    QFETCH(const HeadKind, head);
    QFETCH(const int, fixed);
    QFETCH(const QString, family);
    TrainOptions options = m_bench.options(std::string("learns-") + QTest::currentDataTag(), head);
    options.fixedPrompts = fixed;
    options.epochs = 12;
    std::vector<EpochReport> reports;
    TrainObserver observer;
    observer.epochFinished = [&](const std::vector<EpochReport>& all) { reports = all; };
    std::vector<std::string> notes;
    observer.noted = [&](const std::string& note) { notes.push_back(note); };
    QVERIFY(Trainer(options, m_bench.set, observer).run({}));
    QVERIFY(reports.back().trainLoss < reports.front().trainLoss);
    QCOMPARE(reports.back().accuracy1, 100.0);
    QVERIFY(notes.front().find("on disk in half precision, of 30 pictures and mirror images") != std::string::npos);

    for (const char* name : {"best.safetensors", "best.pth"}) {
        Engine engine({.device = "cpu", .threads = 1});
        const ModelDescription& model = engine.open(options.out / name);
        QCOMPARE(QString::fromStdString(model.offer.family), family);
        QVERIFY2(model.assumed.empty(),
                 qPrintable(QString::fromStdString(model.assumed.empty() ? "" : model.assumed[0])));
        QCOMPARE(model.classNames, (std::vector<std::string>{"bright", "dark"}));
        QVERIFY(model.preprocess == options.preprocess);
        int right = 0;
        for (const TrainingPicture& picture : m_bench.set.val) {
            const ModelInput input = preprocess(decodePicture(picture.path), options.preprocess);
            const std::vector<float> logits = engine.logits(input, {});
            right += (logits[0] < logits[1] ? 1 : 0) == picture.classIndex ? 1 : 0;
        }
        QCOMPARE(right, 6);
    }
    QCOMPARE(fs::exists(options.out / "model.pt"), head == HeadKind::Prompts);
}

void TestVitTraining::stoppedRunEndsAsIfNeverStopped_data()
{
    QTest::addColumn<HeadKind>("head");
    QTest::newRow("INTR") << HeadKind::Shared;
    QTest::newRow("INTR-FC") << HeadKind::PerClass;
    QTest::newRow("Prompt-CAM") << HeadKind::Prompts;
    QTest::newRow("linear") << HeadKind::None;
}

void TestVitTraining::stoppedRunEndsAsIfNeverStopped()
{
    QFETCH(const HeadKind, head);
    const std::string tag = QTest::currentDataTag();
    const TrainOptions whole = m_bench.options("whole-" + tag, head);
    QVERIFY(runToEnd(whole, m_bench.set));
    TrainOptions parts = m_bench.options("parts-" + tag, head);
    QVERIFY(runSteps(parts, m_bench.set, 5));
    parts.resume = true;
    QVERIFY(runToEnd(parts, m_bench.set));
    QVERIFY(valuesOf(parts.out / "checkpoint.pth") == valuesOf(whole.out / "checkpoint.pth"));
}

void TestVitTraining::goesOnWithTheFeaturesThatThereAre_data()
{
    QTest::addColumn<int>("damagedByte");
    QTest::newRow("all whole") << -1;
    QTest::newRow("one damaged in its header") << 8;
    QTest::newRow("one damaged in a value") << 60;
}

/// Those of a run that was stopped are not made again, but for one that is no longer what it was: which is said.
void TestVitTraining::goesOnWithTheFeaturesThatThereAre()
{
    QFETCH(const int, damagedByte);
    const std::string tag = "features" + std::to_string(damagedByte);
    const TrainOptions whole = m_bench.options("whole-" + tag, HeadKind::Shared);
    QVERIFY(runToEnd(whole, m_bench.set));
    TrainOptions parts = m_bench.options("parts-" + tag, HeadKind::Shared);
    QVERIFY(runSteps(parts, m_bench.set, 5));
    std::map<fs::path, fs::file_time_type> times;
    for (const auto& entry : fs::recursive_directory_iterator(parts.out / "features"))
        if (entry.is_regular_file())
            times[entry.path()] = fs::last_write_time(entry.path());
    QCOMPARE(times.size(), std::size_t{30});
    const fs::path damaged = times.begin()->first;
    if (damagedByte >= 0) {
        QFile file(damaged);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(damagedByte) && file.write("\xA5") == 1);
        file.close();
    }
    parts.resume = true;
    QStringList told;
    TrainObserver observer;
    observer.noted = [&](const std::string& note) {
        if (note.starts_with("Stored features are not used"))
            told << QString::fromStdString(note);
    };
    QVERIFY(Trainer(parts, m_bench.set, observer).run({}));
    QCOMPARE(told.size(), damagedByte < 0 ? 0 : 1);
    for (const QString& note : told)
        for (const QString& part : {QString::fromStdString(damaged.string()) + ": expected ", QString(", got "),
                                    QString("computed anew from "), QString(".bmp")})
            QVERIFY2(note.contains(part), qPrintable(note));
    QVERIFY(valuesOf(parts.out / "checkpoint.pth") == valuesOf(whole.out / "checkpoint.pth"));
    for (const auto& [path, time] : times)
        if (path != damaged || damagedByte < 0)
            QVERIFY(fs::last_write_time(path) == time);
}

void TestVitTraining::keepsTheFrozenBackbone()
{
    const TrainOptions options = m_bench.options("kept", HeadKind::Prompts);
    QVERIFY(runToEnd(options, m_bench.set));
    const Values before = valuesOf(m_bench.weights);
    const Values after = valuesOf(options.out / "best.pth");
    for (const auto& [name, values] : before)
        QVERIFY2(after.at(name) == values, name.c_str());
    QVERIFY(valuesOf(options.out / "model.pt") == after);
}

void TestVitTraining::keepsWithinTheLimitOfTheDisk()
{
    TrainOptions free = m_bench.options("free", HeadKind::Shared);
    QVERIFY(runToEnd(free, m_bench.set));
    QCOMPARE(filesBelow(free.out / "features"), std::size_t{30});
    TrainOptions bounded = m_bench.options("bounded", HeadKind::Shared);
    const std::uintmax_t each = 2 * 32 * 16;
    bounded.featureLimit = 7 * each;
    std::string said;
    TrainObserver observer;
    observer.noted = [&](const std::string& note) { said += note; };
    QVERIFY(Trainer(bounded, m_bench.set, observer).run({}));
    QCOMPARE(filesBelow(bounded.out / "features"), std::size_t{7});
    QVERIFY2(said.find("of 7 pictures and mirror images") != std::string::npos, said.c_str());
    QVERIFY2(said.find("23 more are beyond --feature-limit") != std::string::npos, said.c_str());
    QVERIFY(valuesOf(bounded.out / "checkpoint.pth") == valuesOf(free.out / "checkpoint.pth"));

    TrainOptions single = m_bench.options("single", HeadKind::Shared);
    single.featureCache = free.out / "features"; // in one folder with the others
    single.featurePrecision = FeaturePrecision::Single;
    QVERIFY(runToEnd(single, m_bench.set));
    QCOMPARE(filesBelow(free.out / "features"), std::size_t{60});
    QVERIFY(valuesOf(single.out / "checkpoint.pth") != valuesOf(free.out / "checkpoint.pth"));
}

void TestVitTraining::trainsFromScratch()
{
    for (const HeadKind head : {HeadKind::None, HeadKind::Prompts}) {
        TrainOptions options = m_bench.options("scratch-" + std::string(toString(head)), head);
        options.backboneWeights.clear();
        options.freezeBackbone = false;
        options.epochs = 8;
        options.learningRate = options.backboneLearningRate = 3e-3;
        options.augmentation = Augmentation::Full;
        std::vector<EpochReport> reports;
        TrainObserver observer;
        observer.epochFinished = [&](const std::vector<EpochReport>& all) { reports = all; };
        QVERIFY(Trainer(options, m_bench.set, observer).run({}));
        QCOMPARE(reports.back().accuracy1, 100.0);
        // What was trained whole is a backbone for others.
        TrainOptions next = m_bench.options("next-" + std::string(toString(head)), HeadKind::Shared);
        next.backboneWeights = options.out / "best.safetensors";
        next.epochs = 1;
        QVERIFY(runToEnd(next, m_bench.set));
    }
}

void TestVitTraining::refusesToResumeAnother()
{
    TrainOptions options = m_bench.options("another", HeadKind::Prompts);
    QVERIFY(runSteps(options, m_bench.set, 1));
    options.resume = true;
    options.model.vit->heads = 2;
    QString message;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message) == ErrorCode::Mismatch);
    QVERIFY2(message.contains("--set num_heads: the run to resume has 4, got 2"), qPrintable(message));
}

void TestVitTraining::hasPublishedRecipes()
{
    TrainOptions options = m_bench.options("recipe", HeadKind::Prompts);
    options.model.vit->grid = 37;
    options.model.vit->patchSize = 14;
    options.epochs = 40;
    setVitRecipe(options, [](const std::string& option) { return option == "--epochs"; });
    QCOMPARE(options.epochs, 40);
    QCOMPARE(options.warmupEpochs, 8);
    QCOMPARE(options.batchSize, 16);
    QCOMPARE(QString::fromStdString(toString(options.preprocess)), QString("fixed:224,half"));
    QVERIFY(options.augmentation == Augmentation::Flip);
    options.model.head = HeadKind::Shared;
    setVitRecipe(options, [](const std::string&) { return false; });
    QCOMPARE(options.epochs, 140);
    QCOMPARE(options.learningRate, 1e-4);
    QCOMPARE(options.model.encoderLayers, 0);
}

QTEST_GUILESS_MAIN(TestVitTraining)
#include "test_vit_training.moc"
