// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include <unistd.h>

#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/analysis/unusualness.h"
#include "core/io/checkpoint.h"
#include "core/io/training_checkpoint.h"
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

/// Dark against bright pictures, told apart by a network that trains in a second.
class Bench : public GreyPictures {
public:
    TrainOptions options(const char* name) const
    {
        TrainOptions options = runOptions(name, 4, 3e-3);
        options.model.backbone = BackboneKind::ResNet18;
        options.model.backboneWidth = 8;
        options.model.lastStage = 3;
        options.model.hiddenDim = 16;
        options.model.heads = 2;
        options.model.encoderLayers = 1;
        options.model.decoderLayers = 1;
        options.model.feedForward = 16;
        options.preprocess.fixedSide = 32;
        options.batchNorm = BatchNormMode::Train;
        options.backboneLearningRate = options.learningRate;
        options.schedule = Schedule::OneCycle;
        return options;
    }
};

} // namespace

Q_DECLARE_METATYPE(Spoil)
Q_DECLARE_METATYPE(ocellus::ErrorCode)

/// A run ends well, or says why not, and one that was stopped becomes what it would have been.
class TestTrainer : public QObject {
    Q_OBJECT

private slots:
    void refusesOptions_data();
    void refusesOptions();
    void refusesToWriteOverARun();
    void refusesToResumeAnother_data();
    void refusesToResumeAnother();
    void refusesToResumeNothing();
    void refusesToResumeFromNowhere_data();
    void refusesToResumeFromNowhere();
    void namesTheBatchThatDiverges();
    void learns();
    void stoppedRunEndsAsIfNeverStopped_data();
    void stoppedRunEndsAsIfNeverStopped();
    void trainsOnStoredFeatures();
    void trainsEveryHead_data();
    void trainsEveryHead();
    void padsPicturesOfDifferentSizes();
    void estimatesWithoutSaving();
    void scalesTrialsUp();
    void removesWhatDeadRunsLeft();

private:
    Bench m_bench;
};

void TestTrainer::refusesOptions_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "no epoch", [](auto& o) { o.epochs = 0; }, "--epochs: expected 1 to 100000, got 0");
    row(
        "no batch", [](auto& o) { o.batchSize = 0; }, "--batch-size");
    row(
        "negative rate", [](auto& o) { o.learningRate = -1; }, "--lr: expected a number from 0 to 1, got -1");
    row(
        "rate that is no number", [](auto& o) { o.backboneLearningRate = NAN; }, "--lr-backbone");
    row(
        "dropout of all", [](auto& o) { o.dropout = 1; }, "--dropout");
    row(
        "dropout of all heads", [](auto& o) { o.headDropout = 1; }, "--head-dropout");
    row(
        "negative clip", [](auto& o) { o.clip = -0.5; }, "--clip: expected 0 (no limit) or more, got -0.5");
    row(
        "heads that do not divide", [](auto& o) { o.model.heads = 3; }, "nheads");
    row(
        "dilated layer3", [](auto& o) { o.model.dilation = true; }, "dilation");
    row(
        "two starts", [](auto& o) { o.finetune = "a", o.backboneWeights = "b"; }, "--backbone-weights");
    row(
        "frozen random backbone", [](auto& o) { o.freezeBackbone = true, o.batchNorm = BatchNormMode::Frozen; },
        "--freeze-backbone");
    row(
        "frozen backbone, trained norms", [](auto& o) { o.freezeBackbone = true; }, "--batch-norm");
    row(
        "statistics that always stand still", [](auto& o) { o.frozenEpochs = 4; },
        "--epochs: with --batch-norm train, expected more than the last 4");
    row(
        "seed beyond a checkpoint's numbers", [](auto& o) { o.seed = std::uint64_t{1} << 63; },
        "--seed: expected at most");
    row(
        "no such weights", [](auto& o) { o.backboneWeights = "/no/such.pth"; }, "/no/such.pth");
    row(
        "no such device", [](auto& o) { o.device = "abacus"; }, "device: expected auto, cpu, cuda");
}

void TestTrainer::refusesOptions()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, says);

    TrainOptions options = m_bench.options("refused");
    spoil(options);
    QString message;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message));
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(!fs::exists(options.out / "checkpoint.pth"));
}

void TestTrainer::refusesToWriteOverARun()
{
    TrainOptions options = m_bench.options("over");
    options.epochs = 2;
    QVERIFY(runToEnd(options, m_bench.set));
    const Values before = valuesOf(options.out / "checkpoint.pth");
    QString message;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message) == ErrorCode::BadArgument);
    QVERIFY2(message.contains("--resume"), qPrintable(message));
    QVERIFY(valuesOf(options.out / "checkpoint.pth") == before);
}

void TestTrainer::refusesToResumeAnother_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "another rate", [](auto& o) { o.learningRate = 1e-4; }, "--lr: the run to resume has 0.003, got 0.0001");
    row(
        "another width", [](auto& o) { o.model.hiddenDim = 32; }, "--hidden-dim");
    row(
        "another seed", [](auto& o) { o.seed = 7; }, "--seed");
    row(
        "another size", [](auto& o) { o.preprocess.fixedSide = 64; }, "--image-size");
    row(
        "more epochs of one cycle", [](auto& o) { o.epochs = 9; }, "--epochs");
}

void TestTrainer::refusesToResumeAnother()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, says);

    TrainOptions options = m_bench.options("another");
    if (!fs::exists(options.out / "checkpoint.pth"))
        QVERIFY(runSteps(options, m_bench.set, 1));
    options.resume = true;
    spoil(options);
    QString message;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message) == ErrorCode::Mismatch);
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestTrainer::refusesToResumeNothing()
{
    TrainOptions options = m_bench.options("nothing");
    options.resume = true;
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }) == ErrorCode::NotFound);
}

void TestTrainer::refusesToResumeFromNowhere_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("beyond the epoch") << "steps_of_next_epoch"
                                      << "4";
    QTest::newRow("before the epoch") << "steps_of_next_epoch"
                                      << "-1";
    QTest::newRow("steps in words") << "steps_of_next_epoch"
                                    << R"("three")";
    QTest::newRow("sums of something else") << "sums_of_next_epoch"
                                            << "[1, 2]";
    QTest::newRow("no sums") << "sums_of_next_epoch"
                             << "{}";
}

void TestTrainer::refusesToResumeFromNowhere()
{
    QFETCH(QString, key);
    QFETCH(QString, value);

    TrainOptions options = m_bench.options("nowhere");
    if (!fs::exists(options.out / "checkpoint.pth"))
        QVERIFY(runSteps(options, m_bench.set, 1));
    options.resume = true;
    const TrainingCheckpoint whole = readTrainingCheckpoint(options.out / "checkpoint.pth");
    TrainingState state = whole.state;
    state.extra[key.toStdString()] = nlohmann::json::parse(value.toStdString());
    options.out = m_bench.folder.path() / "nowhere-broken";
    fs::create_directories(options.out);
    writeTrainingCheckpoint(options.out / "checkpoint.pth", *whole.model, *whole.moments, state);
    QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }) == ErrorCode::Damaged);
}

void TestTrainer::namesTheBatchThatDiverges()
{
    TrainOptions options = m_bench.options("diverges");
    options.model.preNorm = true;
    options.batchNorm = BatchNormMode::Frozen;
    options.learningRate = options.backboneLearningRate = 1;
    options.weightDecay = 0;
    options.clip = 0;
    options.epochs = 2000;
    options.schedule = Schedule::Step;
    options.learningRateDrop = 2000;
    // Whether a batch or the validation after it diverges first depends on the machine's arithmetic.
    constexpr int seeds = 20;
    QString message;
    for (int seed = 1; seed <= seeds && !message.contains("train/"); ++seed) {
        options.seed = static_cast<std::uint64_t>(seed);
        options.out = m_bench.folder.path() / ("diverges-" + std::to_string(seed));
        QVERIFY(errorOf([&] { runToEnd(options, m_bench.set); }, &message) == ErrorCode::Damaged);
        QVERIFY2(message.contains("expected a finite"), qPrintable(message));
    }
    QVERIFY2(message.contains("train/"), qPrintable(message));
}

void TestTrainer::learns()
{
    TrainOptions options = m_bench.options("learns");
    options.epochs = 16;
    std::vector<EpochReport> reports;
    TrainObserver observer;
    observer.epochFinished = [&](const std::vector<EpochReport>& all) { reports = all; };
    QVERIFY(Trainer(options, m_bench.set, observer).run({}));
    QCOMPARE(reports.size(), std::size_t{16});
    QCOMPARE(reports.back().accuracy1, 100.0);
    QVERIFY(reports.back().trainLoss < reports.front().trainLoss);
    QCOMPARE(reports.back().neverNamed.count, 0);
    const std::vector<EpochReport> written = readTrainingLog(options.out / "log.jsonl", 100);
    QCOMPARE(written.size(), std::size_t{16});
    for (std::size_t i = 0; i < written.size(); ++i) {
        // Of two classes, one that is never named leaves all to the other.
        QVERIFY(reports[i].neverNamed.count == 0 || reports[i].accuracy1 <= 50);
        QCOMPARE(written[i].neverNamed.count, reports[i].neverNamed.count);
        QVERIFY(written[i].neverNamed.first == reports[i].neverNamed.first);
    }
    for (const char* name : {"checkpoint.pth", "best.pth", "best.safetensors"})
        QVERIFY2(fs::exists(options.out / name), name);
    const std::unique_ptr<Checkpoint> best = Checkpoint::open(options.out / "best.safetensors");
    QCOMPARE(best->args().at("class_names").get<std::string>(), std::string("[\"bright\",\"dark\"]"));
    QCOMPARE(best->args().at("image_size").get<std::string>(), std::string("fixed:32"));
    const auto energies = EnergyReference::fromText(best->args().at("validation_energies").get<std::string>());
    QVERIFY(energies);
    QCOMPARE(energies->count(), std::min(m_bench.set.val.size(), EnergyReference::mostKept));
    QVERIFY(energies->below(0) > 0); // of a network that is sure, they are low
}

void TestTrainer::stoppedRunEndsAsIfNeverStopped_data()
{
    QTest::addColumn<QList<int>>("stops");
    QTest::newRow("in the first epoch") << QList<int>{1};
    QTest::newRow("at the end of an epoch") << QList<int>{3};
    QTest::newRow("in the last epoch, whose statistics stand still") << QList<int>{10};
    QTest::newRow("again and again") << QList<int>{2, 1, 3, 1};
}

void TestTrainer::stoppedRunEndsAsIfNeverStopped()
{
    QFETCH(QList<int>, stops);

    const TrainOptions whole = m_bench.options("whole");
    if (!fs::exists(whole.out / "checkpoint.pth"))
        QVERIFY(runToEnd(whole, m_bench.set));
    TrainOptions options = m_bench.options("stopped");
    fs::remove_all(options.out);
    for (const int steps : stops) {
        QVERIFY(runSteps(options, m_bench.set, steps));
        options.resume = true;
    }
    QVERIFY(runToEnd(options, m_bench.set));
    QVERIFY(valuesOf(options.out / "checkpoint.pth") == valuesOf(whole.out / "checkpoint.pth"));
    QVERIFY(valuesOf(options.out / "best.safetensors") == valuesOf(whole.out / "best.safetensors"));
    const std::vector<EpochReport> expected = readTrainingLog(whole.out / "log.jsonl", 100);
    const std::vector<EpochReport> got = readTrainingLog(options.out / "log.jsonl", 100);
    QCOMPARE(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        QCOMPARE(got[i].trainLoss, expected[i].trainLoss);
        QCOMPARE(got[i].valLoss, expected[i].valLoss);
    }
}

void TestTrainer::trainsOnStoredFeatures()
{
    TrainOptions first = m_bench.options("pretrained");
    QVERIFY(runToEnd(first, m_bench.set));
    TrainOptions options = m_bench.options("frozen");
    options.backboneWeights = first.out / "best.safetensors";
    options.freezeBackbone = true;
    options.batchNorm = BatchNormMode::Frozen;
    QVERIFY(runToEnd(options, m_bench.set));
    std::size_t stored = 0;
    for (const auto& entry : fs::recursive_directory_iterator(options.out / "features"))
        stored += entry.is_regular_file() ? 1 : 0;
    QCOMPARE(stored, std::size_t{12 * 2 + 6});
    const Values before = valuesOf(first.out / "best.safetensors");
    for (const auto& [name, values] : valuesOf(options.out / "checkpoint.pth"))
        if (name.starts_with("backbone."))
            QVERIFY2(before.at(name) == values, name.c_str());
}

void TestTrainer::trainsEveryHead_data()
{
    QTest::addColumn<int>("head");
    QTest::newRow("per class") << static_cast<int>(HeadKind::PerClass);
    QTest::newRow("linear") << static_cast<int>(HeadKind::Linear);
}

void TestTrainer::trainsEveryHead()
{
    QFETCH(int, head);

    TrainOptions options = m_bench.options(QTest::currentDataTag());
    options.model.head = static_cast<HeadKind>(head);
    options.epochs = 8;
    QVERIFY(runToEnd(options, m_bench.set));
    QCOMPARE(readTrainingLog(options.out / "log.jsonl", 100).back().accuracy1, 100.0);
}

void TestTrainer::padsPicturesOfDifferentSizes()
{
    m_bench.folder.write("mixed/train/dark/wide.bmp", greyBitmap(60, 30, 30));
    m_bench.folder.write("mixed/train/bright/high.bmp", greyBitmap(30, 50, 220));
    m_bench.folder.write("mixed/val/dark/wide.bmp", greyBitmap(50, 30, 40));
    m_bench.folder.write("mixed/val/bright/high.bmp", greyBitmap(30, 70, 210));
    const TrainingSet set = readTrainingSet(m_bench.folder.path() / "mixed", {true});
    TrainOptions options = m_bench.options("padded");
    options.preprocess = {.shortSide = 32, .longSide = 64};
    options.augmentation = Augmentation::Full;
    options.workers = 2;
    options.epochs = 3;
    QVERIFY(runToEnd(options, set));
    for (const EpochReport& report : readTrainingLog(options.out / "log.jsonl", 100))
        QVERIFY(std::isfinite(report.trainLoss) && std::isfinite(report.valLoss));
}

void TestTrainer::estimatesWithoutSaving()
{
    const TrainOptions options = m_bench.options("estimate");
    const TrainEstimate estimate = Trainer(options, m_bench.set, {}).estimate({});
    QCOMPARE(estimate.stepsPerEpoch, 3);
    QVERIFY(estimate.totalSeconds > 0);
    QVERIFY(estimate.diskBytes > 100'000);
    QVERIFY(!fs::exists(options.out / "checkpoint.pth"));
}

void TestTrainer::scalesTrialsUp()
{
    TrainOptions options = m_bench.options("scaled");
    TrialTimes trial;
    trial.reading.add(4, 100); // the first step is slow and does not count
    trial.training.add(4, 100);
    for (int step = 0; step < 2; ++step) {
        trial.reading.add(4, 2);
        trial.training.add(4, 12);
    }
    // 12 pictures to train on and 6 to look at, 0.5 s to read each, 3 s to train on it, 1 s to look at it.
    TrainEstimate estimate = estimateRun(trial, options, m_bench.set, 0);
    QCOMPARE(estimate.secondsPerEpoch, 18 * 0.5 + 12 * 3.0 + 6 * 1.0);
    QCOMPARE(estimate.totalSeconds, 4 * estimate.secondsPerEpoch);
    QCOMPARE(estimateRun(trial, options, m_bench.set, 3).totalSeconds, estimate.secondsPerEpoch);
    options.freezeBackbone = true;
    estimate = estimateRun(trial, options, m_bench.set, 0);
    QCOMPARE(estimate.featureSeconds, (12 + 12 + 6) * 0.5);
    QCOMPARE(estimate.totalSeconds, estimate.featureSeconds + 4 * (12 * 3.0 + 6 * 1.0));
}

void TestTrainer::removesWhatDeadRunsLeft()
{
    TrainOptions options = m_bench.options("leftovers");
    options.epochs = 2;
    fs::create_directories(options.out);
    const auto write = [&](const char* name) { std::ofstream(options.out / name) << "x"; };
    const std::string own = "checkpoint.pth." + std::to_string(getpid()) + "-0.part";
    write("checkpoint.pth.999999999-0.part");
    write("best.safetensors.999999999-3.part");
    write("curves.png.999999999-0.part");
    write("pictures.part1.rar");
    write(own.c_str());
    QVERIFY(runToEnd(options, m_bench.set));
    QVERIFY(!fs::exists(options.out / "checkpoint.pth.999999999-0.part"));
    QVERIFY(!fs::exists(options.out / "best.safetensors.999999999-3.part"));
    QVERIFY(!fs::exists(options.out / "curves.png.999999999-0.part"));
    QVERIFY(fs::exists(options.out / "pictures.part1.rar"));
    QVERIFY(fs::exists(options.out / own));
}

QTEST_APPLESS_MAIN(TestTrainer)
#include "test_trainer.moc"
