// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/engine/engine.h"
#include "core/image/preprocess.h"
#include "core/io/checkpoint.h"
#include "core/io/limits.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/train/data/training_set.h"
#include "core/train/prototype_model.h"
#include "core/train/prototype_patches.h"
#include "core/train/trainer.h"
#include "core/train/training_log.h"
#include "tests/support/error_of.h"
#include "tests/train/grey_pictures.h"
#include "tests/train/training_runs.h"

using namespace ocellus;
using namespace ocellus::test;

namespace fs = std::filesystem;

namespace {

using Spoil = std::function<void(TrainOptions&)>;

/// Dark against bright pictures, and backbones that nobody trained.
class Bench : public GreyPictures {
public:
    TrainOptions options(const std::string& name, BackboneKind backbone = BackboneKind::ResNet18) const
    {
        TrainOptions options = runOptions(name, 6, 1e-2);
        options.model.head = HeadKind::Prototypes;
        options.model.backbone = backbone;
        if (isResnet(backbone))
            options.model.backboneWidth = 4;
        options.backboneWeights = weightsOf(options.model);
        options.freezeBackbone = true;
        options.featureCache = folder.path() / "features";
        options.featurePrecision = FeaturePrecision::Single;
        options.prototypes.perClass = 3;
        options.prototypes.channels = 8;
        options.preprocess.fixedSide = 64;
        options.weightDecay = 0;
        options.clip = 0;
        return options;
    }

private:
    fs::path weightsOf(ModelConfig backbone) const
    {
        backbone.head = HeadKind::Linear;
        backbone.queries = 2;
        const fs::path path = folder.path() / (std::string(toString(backbone.backbone)) + ".safetensors");
        writeSafetensors(path, FormulaSource(backbone), DType::Float32, {});
        return path;
    }
};

/// Asks to stop at the `count`-th report of a push or of a validation.
bool stopAfterSteps(const TrainOptions& options, const TrainingSet& set, int count)
{
    std::stop_source stop;
    int reports = 0;
    TrainObserver observer;
    observer.progressed = [&](const TrainProgress& progress) {
        if (progress.validating && ++reports == count)
            stop.request_stop();
    };
    return !Trainer(options, set, observer).run(stop.get_token());
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// Training a ProtoPNet on frozen features: what is refused, what is left on the disk, that the engine opens it.
class TestPrototypeTraining : public QObject {
    Q_OBJECT

private slots:
    void refusesOptions_data();
    void refusesOptions();
    void refusesToResumeAnother_data();
    void refusesToResumeAnother();
    void stoppedRunEndsAsIfNeverStopped_data();
    void stoppedRunEndsAsIfNeverStopped();
    void choosesAmongPushedEpochs();
    void opensInTheEngine_data();
    void opensInTheEngine();
    void showsWherePrototypesComeFrom();
    void keepsTheFrozenBackbone();
    void opensWithManyPrototypes();
    void leavesOutOriginsThatNoReaderTakes();
    void savesPicturesOfAnyName();
    void outlivesPicturesThatGoAway();
    void countsPicturesOfPrototypes();
    void hasAPublishedRecipe();

private:
    Bench m_bench;
};

void TestPrototypeTraining::refusesOptions_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "a backbone that is trained", [](auto& o) { o.freezeBackbone = false; }, "--head: expected --freeze-backbone");
    row(
        "a Vision Transformer", [](auto& o) { o.model.vit.emplace(), o.model.vit->classes = 0; },
        "--head: expected a convolutional --backbone");
    row(
        "a whole model to start from", [](auto& o) { o.finetune = "a", o.backboneWeights.clear(); }, "--finetune");
    row(
        "pictures of several sizes", [](auto& o) { o.preprocess.fixedSide = 0; }, "--image-size: expected one square");
    row(
        "no weights", [](auto& o) { o.backboneWeights.clear(); }, "--freeze-backbone: expected --backbone-weights");
    row(
        "no prototype", [](auto& o) { o.prototypes.perClass = 0; }, "--prototypes: expected 1 to 1000, got 0");
    row(
        "very many prototypes", [](auto& o) { o.prototypes.perClass = 1 << 30; }, "--prototypes: expected 1 to 1000");
    row(
        "prototypes without values", [](auto& o) { o.prototypes.channels = 0; }, "--prototype-channels");
    row(
        "prototypes of very many values", [](auto& o) { o.prototypes.channels = 1 << 20; }, "--prototype-channels");
    row(
        "a cost that is no number", [](auto& o) { o.prototypes.cluster = NAN; }, "--cluster-cost: expected 0 or more");
    row(
        "a cost below 0", [](auto& o) { o.prototypes.separation = -1; },
        "--separation-cost: expected 0 or more, got -1");
    row(
        "no push", [](auto& o) { o.prototypes.pushes = 0; }, "--pushes: expected 1 to 1000, got 0");
    row(
        "dilation that there is not", [](auto& o) { o.model.dilation = true; }, "dilation");
    row(
        "full augmentation", [](auto& o) { o.augmentation = Augmentation::Full; }, "--augmentation");
}

void TestPrototypeTraining::refusesOptions()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const QString, says);
    TrainOptions options = m_bench.options("refused");
    spoil(options);
    QString message;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message));
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(!fs::exists(options.out / "checkpoint.pth"));
}

void TestPrototypeTraining::refusesToResumeAnother_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "another head", [](auto& o) { o.model.head = HeadKind::Linear; }, "--head");
    row(
        "more prototypes", [](auto& o) { o.prototypes.perClass = 4; }, "--prototypes: the run to resume has 3, got 4");
    row(
        "wider prototypes", [](auto& o) { o.prototypes.channels = 16; }, "--prototype-channels");
    row(
        "other moments of pushes", [](auto& o) { o.epochs = 9; }, "--epochs");
}

void TestPrototypeTraining::refusesToResumeAnother()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const QString, says);
    TrainOptions options = m_bench.options("another");
    if (!fs::exists(options.out / "checkpoint.pth"))
        QVERIFY(runSteps(options, m_bench.set, 1));
    options.resume = true;
    spoil(options);
    QString message;
    QCOMPARE(errorOf([&] { runToEnd(options, m_bench.set); }, &message), ErrorCode::Mismatch);
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestPrototypeTraining::stoppedRunEndsAsIfNeverStopped_data()
{
    QTest::addColumn<QList<int>>("steps"); // 0 and below: in the push or validation of the epoch that comes
    QTest::newRow("in the first epoch") << QList<int>{1};
    QTest::newRow("with the last step before a push") << QList<int>{6};
    QTest::newRow("in the first walk of a push") << QList<int>{4, -1};
    QTest::newRow("in the second walk of a push") << QList<int>{4, -3};
    QTest::newRow("in the validation after a push") << QList<int>{4, -5};
    QTest::newRow("again and again") << QList<int>{2, 3, -2, 4, 1};
}

void TestPrototypeTraining::stoppedRunEndsAsIfNeverStopped()
{
    QFETCH(const QList<int>, steps);
    const TrainOptions whole = m_bench.options("whole");
    if (!fs::exists(whole.out / "checkpoint.pth"))
        QVERIFY(runToEnd(whole, m_bench.set));
    TrainOptions options = m_bench.options("stopped");
    fs::remove_all(options.out);
    for (const int count : steps) {
        QVERIFY(count > 0 ? runSteps(options, m_bench.set, count) : stopAfterSteps(options, m_bench.set, -count));
        options.resume = true;
    }
    QVERIFY(runToEnd(options, m_bench.set));
    QVERIFY(valuesOf(options.out / "checkpoint.pth") == valuesOf(whole.out / "checkpoint.pth"));
    QVERIFY(valuesOf(options.out / "best.safetensors") == valuesOf(whole.out / "best.safetensors"));
    const std::unique_ptr<Checkpoint> best = Checkpoint::open(options.out / "best.safetensors");
    const std::unique_ptr<Checkpoint> expected = Checkpoint::open(whole.out / "best.safetensors");
    QCOMPARE(best->args().at("prototype_origins").get<std::string>(),
             expected->args().at("prototype_origins").get<std::string>());
}

void TestPrototypeTraining::choosesAmongPushedEpochs()
{
    const TrainOptions options = m_bench.options("chosen");
    QVERIFY(runToEnd(options, m_bench.set));
    const std::vector<EpochReport> log = readTrainingLog(options.out / "log.jsonl", 100);
    QCOMPARE(log.size(), std::size_t{6});
    for (const EpochReport& epoch : log)
        QCOMPARE(epoch.canBeBest, epoch.epoch % 2 == 0); // three pushes in six epochs
    const std::unique_ptr<Checkpoint> best = Checkpoint::open(options.out / "best.safetensors");
    QCOMPARE(best->args().at("epoch").get<std::string>(), std::to_string(bestEpoch(log)->epoch));
    std::size_t folders = 0; // those of earlier best models are gone
    for (const auto& entry : fs::directory_iterator(options.out / "img")) {
        QCOMPARE(entry.path().filename().string(), "epoch-" + std::to_string(bestEpoch(log)->epoch));
        ++folders;
    }
    QCOMPARE(folders, std::size_t{1});
    QCOMPARE(best->args().at("prototype_pictures").get<std::string>(),
             "img/epoch-" + std::to_string(bestEpoch(log)->epoch));
    // The best epoch's pictures are not those of the run's last state.
    QCOMPARE(Checkpoint::open(options.out / "checkpoint.pth")->args().at("prototype_pictures").get<std::string>(), "");
}

void TestPrototypeTraining::opensInTheEngine_data()
{
    QTest::addColumn<int>("backbone");
    QTest::addColumn<int>("lastStage");
    QTest::addColumn<bool>("dilation");
    QTest::newRow("a narrow ResNet") << static_cast<int>(BackboneKind::ResNet18) << 4 << false;
    QTest::newRow("a ResNet that ends early") << static_cast<int>(BackboneKind::ResNet18) << 3 << false;
    QTest::newRow("a dilated ResNet") << static_cast<int>(BackboneKind::ResNet50) << 4 << true;
    QTest::newRow("MobileNetV2") << static_cast<int>(BackboneKind::MobileNetV2) << 4 << false;
    QTest::newRow("a dilated MobileNetV2") << static_cast<int>(BackboneKind::MobileNetV2) << 4 << true;
}

/// Without an assumption, with the logits that validation had.
void TestPrototypeTraining::opensInTheEngine()
{
    QFETCH(const int, backbone);
    QFETCH(const int, lastStage);
    QFETCH(const bool, dilation);
    TrainOptions options =
        m_bench.options(std::string("opened ") + QTest::currentDataTag(), static_cast<BackboneKind>(backbone));
    options.model.lastStage = lastStage;
    options.model.dilation = dilation;
    options.epochs = 3;
    QVERIFY(runToEnd(options, m_bench.set));
    const EpochReport best = bestEpoch(readTrainingLog(options.out / "log.jsonl", 100)).value();
    for (const char* file : {"best.safetensors", "best.pth"}) {
        Engine engine(EngineOptions{});
        const ModelDescription& model = engine.open(options.out / file);
        QCOMPARE(model.offer.family.c_str(), "protopnet");
        QVERIFY2(model.assumed.empty(), model.assumed.empty() ? "" : model.assumed.front().c_str());
        QCOMPARE(toString(*model.preprocess).c_str(), "fixed:64");
        QCOMPARE(model.config.prototypes->imageSize, 64);
        QCOMPARE(model.config.prototypes->features.dilation, dilation);
        QVERIFY(model.classNames == m_bench.set.classNames);
        double loss = 0;
        for (const TrainingPicture& picture : m_bench.set.val) {
            const auto decoding =
                engine.decode(engine.encode(preprocess(shownPicture(picture), *model.preprocess)), QuerySet());
            const std::vector<float>& logits = decoding->logits();
            double sum = 0;
            for (const float logit : logits)
                sum += std::exp(static_cast<double>(logit));
            loss += std::log(sum) - logits[static_cast<std::size_t>(picture.classIndex)];
        }
        loss /= static_cast<double>(m_bench.set.val.size());
        QVERIFY2(std::abs(loss - best.valLoss) < 2e-3 * std::max(1.0, best.valLoss),
                 qPrintable(QString("%1, validation had %2").arg(loss).arg(best.valLoss)));
    }
}

/// Every prototype is a patch of a training picture of its class: there its similarity is the greatest there is.
void TestPrototypeTraining::showsWherePrototypesComeFrom()
{
    const TrainOptions options = m_bench.options("shown", BackboneKind::MobileNetV2);
    QVERIFY(runToEnd(options, m_bench.set));
    Engine engine(EngineOptions{});
    const ModelDescription& model = engine.open(options.out / "best.safetensors");
    QCOMPARE(model.prototypePictures.pictures.size(), std::size_t{6});
    const std::unique_ptr<Checkpoint> best = Checkpoint::open(options.out / "best.safetensors");
    const auto origins = nlohmann::json::parse(best->args().at("prototype_origins").get<std::string>());
    QCOMPARE(origins.size(), std::size_t{6});
    for (std::size_t prototype = 0; prototype < 6; ++prototype) {
        const auto& origin = origins[prototype];
        const PrototypePicture& shown = model.prototypePictures.pictures[prototype];
        const int owner = static_cast<int>(prototype) / 3;
        QCOMPARE(origin.at("class").get<int>(), owner);
        QCOMPARE(shown.classIndex, owner);
        QVERIFY((std::vector<int>{shown.top, shown.bottom, shown.left, shown.right}) ==
                origin.at("box").get<std::vector<int>>());
        QVERIFY(fs::exists(shown.patch) && fs::exists(shown.original));
        const auto picture = std::ranges::find_if(m_bench.set.train, [&](const TrainingPicture& one) {
            return one.relative.generic_string() == origin.at("picture").get<std::string>();
        });
        QVERIFY(picture != m_bench.set.train.end());
        QCOMPARE(picture->classIndex, owner);
        const auto decoding =
            engine.decode(engine.encode(preprocess(shownPicture(*picture), *model.preprocess)), QuerySet());
        const auto part = decoding->part(0, static_cast<int>(prototype) % 3, owner);
        QVERIFY(part.has_value());
        QVERIFY2(part->similarity > std::log(1e4) - 0.1, qPrintable(QString::number(part->similarity)));
    }
}

void TestPrototypeTraining::keepsTheFrozenBackbone()
{
    const TrainOptions options = m_bench.options("frozen");
    QVERIFY(runToEnd(options, m_bench.set));
    const Values before = valuesOf(options.backboneWeights);
    int compared = 0;
    for (const auto& [name, values] : valuesOf(options.out / "best.safetensors"))
        if (name.starts_with("features.")) {
            QVERIFY2(before.at("backbone.0.body." + name.substr(9)) == values, name.c_str());
            ++compared;
        }
    QVERIFY(compared > 50);
}

/// Where each comes from is many values, of which a reader takes so many.
void TestPrototypeTraining::opensWithManyPrototypes()
{
    Bench bench;
    TrainOptions options = bench.options("many");
    options.prototypes.perClass = 910;
    options.epochs = 1;
    options.prototypes.pushes = 1;
    options.prototypes.lastLayerIterations = 1;
    options.preprocess.fixedSide = 32;
    TrainObserver withoutPictures; // writing thousands takes long
    withoutPictures.progressed = [&bench](const TrainProgress&) { fs::remove_all(bench.folder.path() / "train"); };
    QVERIFY(Trainer(options, bench.set, withoutPictures).run({}));
    for (const char* file : {"best.safetensors", "best.pth"}) {
        const auto text = Checkpoint::open(options.out / file)->args().at("prototype_origins").get<std::string>();
        QCOMPARE(nlohmann::json::parse(text).size(), std::size_t{1820});
    }
}

void TestPrototypeTraining::leavesOutOriginsThatNoReaderTakes()
{
    const std::vector<std::optional<PushedPatch>> few(2, PushedPatch{});
    QVERIFY(!originsText(few, m_bench.set).empty());
    const std::vector<std::optional<PushedPatch>> many(limits::settingsTextBytes / 50, PushedPatch{});
    QCOMPARE(originsText(many, m_bench.set), std::string());
}

/// A path is any bytes, a checkpoint's text is UTF-8.
void TestPrototypeTraining::savesPicturesOfAnyName()
{
    const Bench bench;
    for (const char* name : {"dark", "bright"}) {
        const fs::path folder = bench.folder.path() / "train" / name;
        for (int i = 0; i < 6; ++i)
            fs::rename(folder / (std::to_string(i) + ".bmp"), folder / ("M\xFCller" + std::to_string(i) + ".bmp"));
    }
    TrainOptions options = bench.options("named");
    options.epochs = 3;
    const TrainingSet set = readTrainingSet(bench.folder.path() / ".", {true});
    QVERIFY(runToEnd(options, set));
    for (const char* file : {"best.safetensors", "best.pth"}) {
        const auto text = Checkpoint::open(options.out / file)->args().at("prototype_origins").get<std::string>();
        const std::string picture = nlohmann::json::parse(text).at(0).at("picture").get<std::string>();
        QVERIFY2(picture.starts_with("train/bright/M\xEF\xBF\xBDller"), picture.c_str());
    }
    fs::remove_all(bench.folder.path() / "train"); // Qt cannot name them
}

/// Features are kept, so that a run needs its pictures again in the end alone, to show them.
void TestPrototypeTraining::outlivesPicturesThatGoAway()
{
    Bench bench;
    TrainOptions options = bench.options("bereft");
    options.epochs = 3;
    TrainObserver observer;
    std::vector<std::string> notes;
    observer.noted = [&notes](const std::string& note) { notes.push_back(note); };
    observer.progressed = [&bench](const TrainProgress&) { fs::remove_all(bench.folder.path() / "train/dark"); };
    QVERIFY(Trainer(options, bench.set, observer).run({}));
    QVERIFY2(std::ranges::any_of(notes,
                                 [](const std::string& note) {
                                     return note.find("train/dark/") != std::string::npos &&
                                            note.find("left out") != std::string::npos;
                                 }),
             notes.back().c_str());
    Engine engine(EngineOptions{});
    const ModelDescription& model = engine.open(options.out / "best.safetensors");
    QCOMPARE(model.prototypePictures.pictures.size(), std::size_t{3}); // of the bright ones
    for (const PrototypePicture& picture : model.prototypePictures.pictures)
        QCOMPARE(picture.classIndex, 0);
    const auto origins = nlohmann::json::parse(
        Checkpoint::open(options.out / "best.safetensors")->args().at("prototype_origins").get<std::string>());
    QCOMPARE(origins.size(), std::size_t{6});
    QVERIFY(std::ranges::none_of(origins, [](const auto& origin) { return origin.is_null(); }));
}

/// A patch and what it is cut from, twice while one best model replaces another.
void TestPrototypeTraining::countsPicturesOfPrototypes()
{
    TrainOptions options = m_bench.options("estimated");
    const std::uintmax_t few = Trainer(options, m_bench.set, {}).estimate({}).diskBytes;
    options.prototypes.perClass = 103; // 200 more
    options.out = options.out.parent_path() / "estimated again";
    const std::uintmax_t many = Trainer(options, m_bench.set, {}).estimate({}).diskBytes;
    QVERIFY(many > few + 2 * 200 * 3 * 64 * 64);
}

void TestPrototypeTraining::hasAPublishedRecipe()
{
    TrainOptions options;
    options.model.head = HeadKind::Prototypes;
    options.epochs = 9;
    setPrototypeRecipe(options, [](const std::string& option) { return option == "--epochs"; });
    QCOMPARE(options.epochs, 9);
    QCOMPARE(options.learningRateDrop, 6);
    QCOMPARE(options.learningRate, 1e-3);
    QCOMPARE(options.dropout, 0.5);
    QCOMPARE(options.preprocess.fixedSide, 224);
    QCOMPARE(options.prototypes.perClass, 10);
    QCOMPARE(options.prototypes.channels, 128);
}

QTEST_GUILESS_MAIN(TestPrototypeTraining)
#include "test_prototype_training.moc"
