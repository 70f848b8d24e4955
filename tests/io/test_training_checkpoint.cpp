// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

#include <QDir>
#include <QtTest>

#include "tests/io/full_disk.h"
#include "tests/io/test_files.h"
#include "tests/io/training_files.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
using nlohmann::json;

namespace {

using Change = std::function<void(Run&)>;
using Spoil = std::function<void(Parts&)>;

std::vector<float> valuesOf(const TensorSource& source, const TensorInfo& tensor)
{
    std::vector<float> values(static_cast<std::size_t>(tensor.count()));
    source.read(tensor, values);
    return values;
}

/// Checks names, shapes and every bit.
void compare(const TensorSource& actual, const TensorSource& expected)
{
    QCOMPARE(actual.tensors().size(), expected.tensors().size());
    for (const TensorInfo& tensor : expected.tensors()) {
        const TensorInfo* found = actual.find(tensor.name);
        QVERIFY2(found, tensor.name.c_str());
        QCOMPARE(found->shape, tensor.shape);
        const std::vector<float> got = valuesOf(actual, *found);
        const std::vector<float> wanted = valuesOf(expected, tensor);
        QVERIFY2(std::ranges::equal(std::as_bytes(std::span(got)), std::as_bytes(std::span(wanted))),
                 tensor.name.c_str());
    }
}

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(Spoil)

/// Checkpoints of a training run: what cannot be resumed, and the way there and back.
class TestTrainingCheckpoint : public QObject {
    Q_OBJECT

private slots:
    void refusesRun_data();
    void refusesRun();
    void refusesFile_data();
    void refusesFile();
    void refusesWeightsOnly_data();
    void refusesWeightsOnly();
    void refusesTruncated();
    void survivesBitFlips();
    void keepsEarlierFileOnFullDisk();
    void keepsEarlierFileWhenSourceFails();
    void readsWhatItWrote();
    void writesEqualFilesForEqualRuns();
    void isOpenedAsModel();
    void readsWholeSteps();
    void readsPythonsFiles_data();
    void readsPythonsFiles();
};

void TestTrainingCheckpoint::refusesRun_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* message, const Change& change) {
        QTest::newRow(name) << change << QString(message);
    };
    row("parameter left out", "expected parameter 2 next", [](Run& run) { run.state.groups[1].parameters = {3}; });
    row("parameter twice", "expected parameter 2 next", [](Run& run) { run.state.groups[1].parameters = {1}; });
    row("too few steps", "steps are given for 2", [](Run& run) { run.state.steps.pop_back(); });
    row("negative steps", "has -1 steps", [](Run& run) { run.state.steps[1] = -1; });
    row("moments missing", "parameter 1 has steps", [](Run& run) { run.state.steps[1] = 1; });
    row("moments of nothing", "expected 2 moments", [](Run& run) { run.state.steps[0] = 0; });
    row("stray moment", "expected 4 moments", [](Run& run) { run.moments.add("3.exp_avg", {1}, {1}); });
    row("moments of two shapes", "[3, 2]", [](Run& run) {
        run.moments.add("0.exp_avg_sq", {3, 2}, {1, 2, 3, 4, 5, 6});
    });
    row("extra model", "may not have this name", [](Run& run) { run.state.extra["model"] = 1; });
    row("extra args", "may not have this name", [](Run& run) { run.state.extra["args"] = 1; });
    row("extra is a list", "got array", [](Run& run) { run.state.extra = json::array({1}); });
    row("args is a number", "got number", [](Run& run) { run.state.args = 3; });
    row("scheduler is a list", "got array", [](Run& run) { run.state.scheduler = json::array(); });
    row("text that is not UTF-8", "not UTF-8", [](Run& run) { run.state.args["data"] = "\xff"; });
    row("64 bits", "63 bits", [](Run& run) { run.state.extra["seed"] = UINT64_MAX; });
}

void TestTrainingCheckpoint::refusesRun()
{
    QFETCH(Change, change);
    QFETCH(QString, message);
    Run run;
    change(run);
    const QTemporaryDir folder;
    QString got;
    const auto code = errorOf([&] { run.write(folder.filePath("a.pth").toStdString()); }, &got);
    QVERIFY2(code == ErrorCode::BadArgument, qPrintable(got));
    QVERIFY2(got.contains(message), qPrintable(got));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestTrainingCheckpoint::refusesFile_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, ErrorCode code, const char* message, const Spoil& spoil) {
        QTest::newRow(name) << spoil << static_cast<int>(code) << QString(message);
    };
    const auto damaged = [&](const char* name, const char* message, const Spoil& spoil) {
        row(name, ErrorCode::Damaged, message, spoil);
    };
    const auto unsupported = [&](const char* name, const char* message, const Spoil& spoil) {
        row(name, ErrorCode::Unsupported, message, spoil);
    };
    const auto tensorStep = [](float steps) {
        return [steps](Parts& parts) {
            parts.stepStorage = {steps};
            parts.step = [](PickleWriter& pickle) { pickle.tensor("1", {}); };
        };
    };
    damaged("no epoch", "after which epoch", [](Parts& parts) { parts.top.erase("epoch"); });
    damaged("epoch is a text", "after which epoch", [](Parts& parts) { parts.top["epoch"] = "3"; });
    damaged("epoch below -1", "after which epoch", [](Parts& parts) { parts.top["epoch"] = -2; });
    damaged("epoch beyond int", "after which epoch", [](Parts& parts) { parts.top["epoch"] = INT64_MAX; });
    unsupported("no scheduler", "no lr_scheduler", [](Parts& parts) { parts.top.erase("lr_scheduler"); });
    damaged("no groups", "no parameter groups", [](Parts& parts) { parts.groups = "groups"; });
    damaged("group is a list", "is no dictionary", [](Parts& parts) { parts.group = json::array(); });
    damaged("no parameters", "no list of parameters", [](Parts& parts) { parts.group.erase("params"); });
    damaged("parameter is a text", "no whole number", [](Parts& parts) { parts.group["params"] = {"a"}; });
    damaged("parameter twice", "groups twice", [](Parts& parts) { parts.group["params"] = {1, 1}; });
    damaged("state of a stranger", "none of its groups", [](Parts& parts) { parts.key = 7; });
    damaged("state of a text", "state for something", [](Parts& parts) { parts.key = "0"; });
    unsupported("SGD", "not AdamW", [](Parts& parts) { parts.group.erase("betas"); });
    damaged("three betas", "3 betas", [](Parts& parts) { parts.group["betas"] = {0, 0, 0}; });
    damaged("beta of 1", "betas of 1", [](Parts& parts) { parts.group["betas"] = {0.9, 1}; });
    damaged("negative rate", "lr is no number", [](Parts& parts) { parts.group["lr"] = -1e-4; });
    damaged("rate without a number", "lr is no number", [](Parts& parts) { parts.group["lr"] = NAN; });
    damaged("decay is a text", "weight_decay is no number", [](Parts& parts) { parts.group["weight_decay"] = "0"; });
    unsupported("amsgrad", "amsgrad", [](Parts& parts) { parts.group["amsgrad"] = true; });
    row("65 entries", ErrorCode::TooLarge, "at most 64", [](Parts& parts) {
        for (int i = 0; parts.group.size() < 65; ++i)
            parts.group[std::to_string(i)] = i;
    });
    unsupported("momentum only", "no exp_avg_sq", [](Parts& parts) { parts.secondName = "momentum_buffer"; });
    damaged("moments of two shapes", "[4] and [2, 2]", [](Parts& parts) { parts.second = {2, 2}; });
    damaged("moment beyond its storage", "should have 4 elements", [](Parts& parts) { parts.firstKey = "1"; });
    damaged("half a step", "no number of steps", tensorStep(0.5F));
    damaged("step below 0", "no number of steps", tensorStep(-1));
    damaged("step without a number", "no number of steps", tensorStep(NAN));
    damaged("infinite step", "no number of steps", tensorStep(std::numeric_limits<float>::infinity()));
    damaged("two steps", "no number of steps", [](Parts& parts) {
        parts.stepStorage = {1, 2};
        parts.step = [](PickleWriter& pickle) { pickle.tensor("1", std::array<std::int64_t, 1>{2}); };
    });
    unsupported("no step", "no step", [](Parts& parts) { parts.step = [](PickleWriter& pickle) { pickle.none(); }; });
}

void TestTrainingCheckpoint::refusesFile()
{
    QFETCH(Spoil, spoil);
    QFETCH(int, code);
    QFETCH(QString, message);
    Parts parts;
    spoil(parts);
    const ScratchFile file;
    parts.write(file.path());
    QString got;
    const auto outcome = errorOf([&] { readTrainingCheckpoint(file.path()); }, &got);
    QVERIFY2(outcome, "it was accepted");
    QVERIFY2(got.contains(message), qPrintable(got));
    QCOMPARE(static_cast<int>(*outcome), code);
}

void TestTrainingCheckpoint::refusesWeightsOnly_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"bare_zip.pth", "bare_legacy.pth", "module_prefix.pth", "bare.safetensors"})
        QTest::newRow(name) << name;
}

void TestTrainingCheckpoint::refusesWeightsOnly()
{
    QFETCH(QString, name);
    QString got;
    const std::string path = std::string(OCELLUS_TEST_DATA "/io/") + name.toStdString();
    QVERIFY(errorOf([&] { readTrainingCheckpoint(path); }, &got) == ErrorCode::Unsupported);
    QVERIFY2(got.contains("cannot be resumed") && got.contains("holds weights only") && got.contains("--finetune"),
             qPrintable(got));
}

void TestTrainingCheckpoint::refusesTruncated()
{
    const ScratchFile file;
    Run().write(file.path());
    const QByteArray bytes = readFile(QString::fromStdString(file.path().string()));
    for (qsizetype fiftieth = 0; fiftieth < 50; ++fiftieth) {
        const std::filesystem::path cut = file.write(bytes.first(bytes.size() * fiftieth / 50).toStdString());
        QVERIFY2(errorOf([&] { readTrainingCheckpoint(cut); }) == ErrorCode::Damaged,
                 qPrintable(QString::number(fiftieth)));
    }
}

void TestTrainingCheckpoint::survivesBitFlips()
{
    const ScratchFile file;
    Run().write(file.path());
    const std::string bytes = readFile(QString::fromStdString(file.path().string())).toStdString();
    int refused = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 5) {
        std::string flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
        const std::filesystem::path path = file.write(flipped);
        const auto readIt = [&] {
            const TrainingCheckpoint checkpoint = readTrainingCheckpoint(path);
            for (const TensorSource* source : {checkpoint.model.get(), checkpoint.moments.get()})
                for (const TensorInfo& tensor : source->tensors())
                    valuesOf(*source, tensor);
        };
        refused += errorOf(readIt) ? 1 : 0;
    }
    QVERIFY2(refused > 100, qPrintable(QString::number(refused)));
}

void TestTrainingCheckpoint::keepsEarlierFileOnFullDisk()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.pth").toStdString();
    Run run;
    run.write(path);
    run.state.epoch = 4;
    run.model.add("large", {100'000}, std::vector<float>(100'000));
    {
        const FullDisk disk(100'000);
        QVERIFY(errorOf([&] { run.write(path); }) == ErrorCode::Unreadable);
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList("a.pth"));
    QCOMPARE(readTrainingCheckpoint(path).state.epoch, 3);
    run.write(path);
    QCOMPARE(readTrainingCheckpoint(path).state.epoch, 4);
}

void TestTrainingCheckpoint::keepsEarlierFileWhenSourceFails()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.pth").toStdString();
    Run run;
    run.write(path);
    run.state.epoch = 4;
    run.model.add("lost", {1}, {});
    QVERIFY(errorOf([&] { run.write(path); }) == ErrorCode::Device);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList("a.pth"));
    QCOMPARE(readTrainingCheckpoint(path).state.epoch, 3);
    QVERIFY(errorOf([&] { run.write("/nonexistent/a.pth"); }) == ErrorCode::Unreadable);
}

void TestTrainingCheckpoint::readsWhatItWrote()
{
    const ScratchFile file;
    const Run run;
    run.write(file.path());
    const TrainingCheckpoint checkpoint = readTrainingCheckpoint(file.path());
    compare(*checkpoint.model, run.model);
    compare(*checkpoint.moments, run.moments);
    QCOMPARE(checkpoint.state.groups.size(), run.state.groups.size());
    for (std::size_t i = 0; i < run.state.groups.size(); ++i) {
        const ParameterGroup& got = checkpoint.state.groups[i];
        const ParameterGroup& wanted = run.state.groups[i];
        // With ==, for QCOMPARE would let doubles differ a little.
        QVERIFY(got.learningRate == wanted.learningRate && got.initialLearningRate == wanted.initialLearningRate);
        QVERIFY(got.weightDecay == wanted.weightDecay && got.epsilon == wanted.epsilon);
        QVERIFY(got.beta1 == wanted.beta1 && got.beta2 == wanted.beta2);
        QCOMPARE(got.parameters, wanted.parameters);
    }
    QCOMPARE(checkpoint.state.steps, run.state.steps);
    QCOMPARE(checkpoint.state.epoch, run.state.epoch);
    QVERIFY(checkpoint.state.scheduler == run.state.scheduler);
    QVERIFY(checkpoint.state.args == run.state.args);
    QVERIFY(checkpoint.state.extra == run.state.extra);
}

void TestTrainingCheckpoint::writesEqualFilesForEqualRuns()
{
    const ScratchFile file;
    Run().write(file.path("a.pth"));
    Run().write(file.path("b.pth"));
    const QByteArray first = readFile(QString::fromStdString(file.path("a.pth").string()));
    QVERIFY(!first.isEmpty());
    QCOMPARE(readFile(QString::fromStdString(file.path("b.pth").string())), first);
}

void TestTrainingCheckpoint::isOpenedAsModel()
{
    const ScratchFile file;
    const Run run;
    run.write(file.path());
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(file.path());
    compare(*checkpoint, run.model);
    QCOMPARE(checkpoint->format().c_str(), "PyTorch zip");
    QVERIFY(checkpoint->args() == run.state.args);
}

void TestTrainingCheckpoint::readsWholeSteps()
{
    const ScratchFile file;
    const Parts parts;
    parts.write(file.path());
    const TrainingCheckpoint checkpoint = readTrainingCheckpoint(file.path());
    QCOMPARE(checkpoint.state.steps, std::vector<std::int64_t>{4});
    QCOMPARE(checkpoint.state.groups[0].parameters, std::vector<int>{0});
    QCOMPARE(checkpoint.state.groups[0].initialLearningRate, 1.0);
    QVERIFY(valuesOf(*checkpoint.moments, *checkpoint.moments->find("0.exp_avg")) == parts.storage);
}

void TestTrainingCheckpoint::readsPythonsFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("zip") << "released_zip.pth";
    QTest::newRow("legacy") << "released_legacy.pth";
}

void TestTrainingCheckpoint::readsPythonsFiles()
{
    QFETCH(QString, name);
    // See tests/scripts/make_checkpoints.py: one step of a Linear(3, 2) and a BatchNorm1d(2) for the sum over 4 rows.
    const TrainingCheckpoint checkpoint =
        readTrainingCheckpoint(std::string(OCELLUS_TEST_DATA "/io/") + name.toStdString());
    const TrainingState& state = checkpoint.state;
    QCOMPARE(state.epoch, 139);
    QCOMPARE(state.steps, (std::vector<std::int64_t>{1, 1, 1, 1}));
    QCOMPARE(state.groups.size(), std::size_t{1});
    QCOMPARE(state.groups[0].parameters, (std::vector<int>{0, 1, 2, 3}));
    QCOMPARE(state.groups[0].learningRate, 1e-4);
    QCOMPARE(state.groups[0].weightDecay, 1e-2);
    QCOMPARE(state.groups[0].beta2, 0.999);
    QCOMPARE(state.scheduler.at("step_size"), 80);
    QCOMPARE(state.args.at("nheads"), 8);
    QCOMPARE(state.extra.at("milestones").at("last_epoch"), 0);
    QVERIFY(checkpoint.model->find("1.num_batches_tracked"));
    QCOMPARE(checkpoint.moments->tensors().size(), std::size_t{8});
    QCOMPARE(checkpoint.moments->find("0.exp_avg")->shape, (std::vector<std::int64_t>{2, 3}));
    // The last bias has the gradient 4: a tenth of it, and a thousandth of its square.
    QCOMPARE(valuesOf(*checkpoint.moments, *checkpoint.moments->find("3.exp_avg")), (std::vector<float>{0.4F, 0.4F}));
    QCOMPARE(valuesOf(*checkpoint.moments, *checkpoint.moments->find("3.exp_avg_sq"))[0], 0.016F);
}

QTEST_GUILESS_MAIN(TestTrainingCheckpoint)
#include "test_training_checkpoint.moc"
