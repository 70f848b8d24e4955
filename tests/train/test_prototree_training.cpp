// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <filesystem>
#include <functional>

#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "core/io/checkpoint.h"
#include "core/train/data/training_set.h"
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

constexpr int epochs = 3;
constexpr int steps = 4; // of an epoch

/// Pictures of three levels of grey, in front of a backbone that was never trained.
class Bench : public GreyPictures {
public:
    Bench() : GreyPictures({{"bright", 220}, {"dark", 20}, {"grey", 120}}, 5, 2, 40, 30, 4)
    {
        TrainOptions start = options("start");
        start.model.head = HeadKind::Linear;
        start.freezeBackbone = false;
        start.backboneWeights.clear();
        start.epochs = 1;
        if (!runToEnd(start, set))
            qFatal("no backbone was made");
    }

    TrainOptions options(const char* name) const
    {
        TrainOptions options = runOptions(name, epochs, 1e-2);
        options.model.backbone = BackboneKind::ResNet18;
        options.model.backboneWidth = 8;
        options.model.head = HeadKind::Tree;
        options.prototypes.channels = 6;
        options.prototypes.depth = 3;
        options.backboneWeights = folder.path() / "start/best.safetensors";
        options.freezeBackbone = true;
        options.featureCache = folder.path() / "features";
        options.featurePrecision = FeaturePrecision::Single;
        options.preprocess.fixedSide = 64;
        options.clip = 0;
        return options;
    }
};

/// Asks to stop at the n-th call of the observer for one that is, or is not, said to be validating.
bool stopAt(const TrainOptions& options, const TrainingSet& set, int epoch, bool validating)
{
    std::stop_source stop;
    TrainObserver observer;
    observer.progressed = [&](const TrainProgress& progress) {
        if (progress.epoch == epoch && progress.validating == validating)
            stop.request_stop();
    };
    return !Trainer(options, set, observer).run(stop.get_token());
}

std::string treeOf(const fs::path& file)
{
    const nlohmann::json tree = Checkpoint::open(file)->args().at("tree");
    return tree.is_string() ? tree.get<std::string>() : tree.dump();
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// A ProtoTree is trained, pruned, projected and opened again.
class TestProtoTreeTraining : public QObject {
    Q_OBJECT

private slots:
    void refusesOptions_data();
    void refusesOptions();
    void refusesToResumeAnother_data();
    void refusesToResumeAnother();
    void isTheBestInTheEndAlone();
    void stoppedRunEndsAsIfNeverStopped_data();
    void stoppedRunEndsAsIfNeverStopped();
    void stopsWhileItProjects();
    void finishedRunsAreOpenedAgain();
    void showsWhereNodesAreFrom();
    void keepsNoEnergies();
    void answersAsValidationDid_data();
    void answersAsValidationDid();

private:
    const fs::path& whole()
    {
        if (m_whole.empty()) {
            m_whole = m_bench.options("whole").out;
            if (!runToEnd(m_bench.options("whole"), m_bench.set))
                qFatal("the run did not end");
        }
        return m_whole;
    }

    Bench m_bench;
    fs::path m_whole;
};

void TestProtoTreeTraining::refusesOptions_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "too deep", [](auto& o) { o.prototypes.depth = 12; }, "--depth: expected 1 to 11, got 12");
    row(
        "fewer leaves than species", [](auto& o) { o.prototypes.depth = 1; },
        "--depth: expected a leaf for each of 3 classes, got 1 branches on each way: 2 leaves");
    row(
        "a negative depth", [](auto& o) { o.prototypes.depth = -1; }, "--depth: expected 1 to 11, got -1");
    row(
        "all leaves pruned", [](auto& o) { o.prototypes.pruneBelow = 1; },
        "--prune-below: expected at least 0 and less");
    row(
        "no number", [](auto& o) { o.prototypes.pruneBelow = NAN; }, "--prune-below");
    row(
        "prototypes that run backwards", [](auto& o) { o.prototypes.haste = -1; },
        "--prototype-haste: expected 0 to 1000, got -1");
    row(
        "a backbone that learns", [](auto& o) { o.freezeBackbone = false; }, "--head");
    row(
        "pictures of several sizes", [](auto& o) { o.preprocess = {}; }, "--image-size");
}

void TestProtoTreeTraining::refusesOptions()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, says);
    TrainOptions options = m_bench.options("refused");
    spoil(options);
    QString message;
    QVERIFY(errorOf([&] { Trainer(options, m_bench.set, {}); }, &message) == ErrorCode::BadArgument);
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestProtoTreeTraining::refusesToResumeAnother_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "another depth", [](auto& o) { o.prototypes.depth = 2; }, "--depth: the run to resume has 3, got 2");
    row(
        "pruned otherwise", [](auto& o) { o.prototypes.pruneBelow = 0.4; }, "--prune-below");
    row(
        "slower prototypes", [](auto& o) { o.prototypes.haste = 1; }, "--prototype-haste");
    row(
        "more epochs, after the tree was pruned", [](auto& o) { o.epochs = 5; }, "--epochs");
    row(
        "other prototypes", [](auto& o) { o.prototypes.channels = 8; }, "--prototype-channels");
}

void TestProtoTreeTraining::refusesToResumeAnother()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, says);
    TrainOptions options = m_bench.options("whole");
    options.out = whole();
    options.resume = true;
    spoil(options);
    QString message;
    QVERIFY(errorOf([&] { Trainer(options, m_bench.set, {}); }, &message) == ErrorCode::Mismatch);
    QVERIFY2(message.contains(says), qPrintable(message));
}

/// Before it is projected, a prototype is no patch of any picture.
void TestProtoTreeTraining::isTheBestInTheEndAlone()
{
    const std::unique_ptr<Checkpoint> best = Checkpoint::open(whole() / "best.safetensors");
    QCOMPARE(best->args().at("epoch").get<std::string>(), std::to_string(epochs));
    QCOMPARE(best->args().at("img_size").get<std::string>(), std::string("64"));
    for (const char* file : {"best.safetensors", "best.pth", "checkpoint.pth"})
        QCOMPARE(treeOf(whole() / file), treeOf(whole() / "best.safetensors"));
    for (const char* name : {"_add_on.0.weight", "prototype_layer.prototype_vectors", "_net.conv1.weight"})
        QVERIFY2(best->find(name), name);
    QVERIFY(!best->find("_root.earlier_leaves"));
    const std::vector<EpochReport> reports = readTrainingLog(whole() / "log.jsonl", 100);
    QCOMPARE(reports.size(), std::size_t{epochs});
    QVERIFY(reports.back().accuracy1 > 50);
}

void TestProtoTreeTraining::stoppedRunEndsAsIfNeverStopped_data()
{
    QTest::addColumn<QList<int>>("stops");
    QTest::newRow("in the first epoch") << QList<int>{1};
    QTest::newRow("in the second, in whose middle leaves have a past") << QList<int>{steps + 2};
    QTest::newRow("at the end of the second") << QList<int>{2 * steps};
    QTest::newRow("at the end of the last") << QList<int>{epochs * steps};
    QTest::newRow("again and again") << QList<int>{3, 1, steps, 2, 1};
}

void TestProtoTreeTraining::stoppedRunEndsAsIfNeverStopped()
{
    QFETCH(QList<int>, stops);
    TrainOptions options = m_bench.options("stopped");
    fs::remove_all(options.out);
    for (const int made : stops) {
        QVERIFY(runSteps(options, m_bench.set, made));
        options.resume = true;
    }
    QVERIFY(runToEnd(options, m_bench.set));
    for (const char* file : {"checkpoint.pth", "best.safetensors"}) {
        QVERIFY2(valuesOf(options.out / file) == valuesOf(whole() / file), file);
        QCOMPARE(treeOf(options.out / file), treeOf(whole() / file));
    }
}

void TestProtoTreeTraining::stopsWhileItProjects()
{
    TrainOptions options = m_bench.options("projecting");
    QVERIFY(stopAt(options, m_bench.set, epochs, true));
    QVERIFY(!fs::exists(options.out / "best.safetensors"));
    QVERIFY(treeOf(options.out / "checkpoint.pth").size() > treeOf(whole() / "best.safetensors").size()); // unpruned
    options.resume = true;
    QVERIFY(runToEnd(options, m_bench.set));
    QVERIFY(valuesOf(options.out / "best.safetensors") == valuesOf(whole() / "best.safetensors"));
}

/// A pruned tree has other leaves than the one that a run begins with.
void TestProtoTreeTraining::finishedRunsAreOpenedAgain()
{
    TrainOptions options = m_bench.options("whole");
    options.out = whole();
    options.resume = true;
    const Values before = valuesOf(options.out / "checkpoint.pth");
    QVERIFY(runToEnd(options, m_bench.set));
    QVERIFY(valuesOf(options.out / "checkpoint.pth") == before);
}

/// Each branch that is left has the patch that its prototype is, and the settings name its picture.
void TestProtoTreeTraining::showsWhereNodesAreFrom()
{
    Engine engine(EngineOptions{});
    const ModelDescription model = engine.open(whole() / "best.safetensors");
    const TreeConfig& tree = *model.config.prototypes->tree;
    QVERIFY(tree.nodes.size() < 15); // of three classes nobody needs eight leaves
    const auto leaves = std::ranges::count_if(tree.nodes, [](const TreeNode& node) { return node.isLeaf(); });
    QCOMPARE(model.prototypePictures.pictures.size(), static_cast<std::size_t>(leaves - 1));
    for (const PrototypePicture& picture : model.prototypePictures.pictures) {
        const Picture original = decodePicture(picture.original);
        const Picture patch = decodePicture(picture.patch);
        QCOMPARE(original.size, (Size{64, 64}));
        QVERIFY(patch.size.width > 0 && patch.size.width < 64 && patch.size.height < 64);
    }
    const auto origins = nlohmann::json::parse(
        Checkpoint::open(whole() / "best.safetensors")->args().at("prototype_origins").get<std::string>());
    QCOMPARE(origins.size(), std::size_t{7});
    for (const TreeNode& node : tree.nodes)
        if (!node.isLeaf())
            QVERIFY(fs::exists(m_bench.folder.path() /
                               origins.at(static_cast<std::size_t>(node.prototype)).at("picture").get<std::string>()));
    QVERIFY(!fs::exists(whole() / "img"));
}

/// Of logarithms of probabilities the energy is 0, and what is left of it rounding.
void TestProtoTreeTraining::keepsNoEnergies()
{
    for (const char* file : {"best.safetensors", "best.pth"})
        QVERIFY(!Checkpoint::open(whole() / file)->args().contains("validation_energies"));
}

void TestProtoTreeTraining::answersAsValidationDid_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("as data alone") << "best.safetensors";
    QTest::newRow("as PyTorch saves it") << "best.pth";
    QTest::newRow("the run's own") << "checkpoint.pth";
}

/// The engine's answers make the loss and the accuracy that the training's own validation found.
void TestProtoTreeTraining::answersAsValidationDid()
{
    QFETCH(QString, file);
    Engine engine(EngineOptions{});
    const ModelDescription model = engine.open(whole() / file.toStdString());
    QCOMPARE(model.offer.family.c_str(), "prototree");
    QCOMPARE(model.classNames, m_bench.set.classNames);
    QCOMPARE(toString(*model.preprocess).c_str(), "fixed:64");
    QCOMPARE(model.config.prototypes->imageSize, 64);
    QVERIFY2(model.assumed.empty(), model.assumed.empty() ? "" : model.assumed.front().c_str());
    double loss = 0;
    double right = 0;
    for (const TrainingPicture& picture : m_bench.set.val) {
        const auto decoding =
            engine.decode(engine.encode(preprocess(decodePicture(picture.path), *model.preprocess)), {});
        const std::vector<float>& logits = decoding->logits();
        double sum = 0;
        for (const float logit : logits)
            sum += std::exp(logit);
        QVERIFY(std::abs(sum - 1) < 1e-4);
        const auto own = static_cast<std::size_t>(picture.classIndex);
        loss -= logits[own];
        right += std::ranges::max_element(logits) - logits.begin() == picture.classIndex ? 1 : 0;
    }
    const EpochReport report = readTrainingLog(whole() / "log.jsonl", 100).back();
    const auto count = static_cast<double>(m_bench.set.val.size());
    QVERIFY2(std::abs(loss / count - report.valLoss) < 1e-4,
             qPrintable(QString("%1 and %2").arg(loss / count).arg(report.valLoss)));
    QVERIFY(std::abs(100 * right / count - report.accuracy1) < 1e-6);
}

QTEST_GUILESS_MAIN(TestProtoTreeTraining)
#include "test_prototree_training.moc"
