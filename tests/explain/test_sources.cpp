// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <set>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/source_table.h"
#include "tests/explain/explained_model.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// A model with a picture; the input is the formula's, the picture grey.
struct Subject {
    explicit Subject(const char* prefix) : Subject(GoldenArrays(goldenFiles(prefix).front())) {}

    explicit Subject(const GoldenArrays& golden) : model(golden)
    {
        picture.size = model.input.inputSize;
        picture.rgb.assign(static_cast<std::size_t>(picture.size.width * picture.size.height * 3), 128);
        preprocess.shortSide = std::min(picture.size.width, picture.size.height);
    }

    std::vector<SourceMap> maps(const std::string& text, const std::vector<int>& classes, const SourceRun& run = {},
                                std::shared_ptr<const Decoding> decoding = nullptr)
    {
        const SourceText parsed = parseSource(text);
        const SourceSubject subject{picture, preprocess, model.input, nullptr, std::move(decoding)};
        return SourceTable::maps(table.source(parsed.source), model.engine, model.probe, subject, classes,
                                 table.settings(parsed), run);
    }

    ExplainedModel model;
    Picture picture;
    PreprocessOptions preprocess;
    SourceTable table;
};

} // namespace

class TestSources : public QObject {
    Q_OBJECT

private slots:
    void refusesBadText_data();
    void refusesBadText();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void refusesWhatTheModelHasNot_data();
    void refusesWhatTheModelHasNot();
    void refusesClassesWithoutMap();
    void listsSourcesOnce();
    void saysWhatAMapIs_data();
    void saysWhatAMapIs();
    void makesMapsOfEveryKind_data();
    void makesMapsOfEveryKind();
    void headsSumUp();
    void risesAsOracle_data();
    void risesAsOracle();
    void risesTheSameFromTheSameSeed();
    void occludesPlaceByPlace();
    void occludesWithEverySubstrate();
    void stopsInTheMidst_data();
    void stopsInTheMidst();
    void shrinksTheInput();
};

void TestSources::refusesBadText_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             ":masks=3",
                             "rise:masks",
                             "rise:=3",
                             "rise:masks=1:masks=2",
                             "unknown",
                             "rise:moon=3",
                             "rise:masks=",
                             "rise:masks=1.5",
                             "rise:masks=-1",
                             "rise:masks=3x",
                             "rise:masks=1",
                             "rise:centred=true",
                             "rise:p1=nan",
                             "rise:p1=1",
                             "rise:agreement=2",
                             "rise:estimate=guess",
                             "rise:score=logit",
                             "rise:published=1",
                             "rise:complements=1",
                             "occlusion:substrate=black",
                             "finercam:references=1+",
                             "finercam:references=-1",
                             "finercam:references=1.5",
                             "mean:layer=",
                             "rise:seed=1e99"})
        QTest::newRow(text) << QString(text);
}

void TestSources::refusesBadText()
{
    QFETCH(QString, text);
    const SourceTable table;
    QCOMPARE(errorOf([&] { table.settings(parseSource(text.toStdString())); }), std::optional(ErrorCode::BadArgument));
}

void TestSources::refusesBadRequests_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("classIndex");
    QTest::newRow("class beyond") << "gradcam" << 6;
    QTest::newRow("class below") << "mean" << -1;
    QTest::newRow("layer beyond") << "mean:layer=3" << 0;
    QTest::newRow("layer 0") << "heads:layer=0" << 0;
    QTest::newRow("no layer") << "gradient-attention:layer=first" << 0;
    QTest::newRow("head beyond") << "gradient-attention:head=5" << 0;
    QTest::newRow("no head") << "gradient-attention:head=all" << 0;
    QTest::newRow("no stage") << "hirescam:stage=layer9" << 0;
    QTest::newRow("reference beyond") << "finercam:references=6" << 0;
    QTest::newRow("reference itself") << "finercam:references=0" << 0;
}

void TestSources::refusesBadRequests()
{
    QFETCH(QString, text);
    QFETCH(int, classIndex);
    Subject subject("cam-intr-small.");
    QCOMPARE(errorOf([&] { subject.maps(text.toStdString(), {classIndex}); }), std::optional(ErrorCode::BadArgument));
}

void TestSources::refusesWhatTheModelHasNot_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"heads", "mean", "gradient-attention"})
        QTest::newRow(id) << QString(id);
}

void TestSources::refusesWhatTheModelHasNot()
{
    QFETCH(QString, id);
    Subject subject("cam-resnet18");
    QString message;
    QCOMPARE(errorOf([&] { subject.maps(id.toStdString(), {0}); }, &message), std::optional(ErrorCode::Unsupported));
    QVERIFY2(message.contains("no heads"), qPrintable(message));
}

void TestSources::refusesClassesWithoutMap()
{
    Subject subject("cam-intr-small.");
    const auto encoding = subject.model.engine.encode(subject.model.input);
    const auto limited = subject.model.engine.decode(encoding, {LimitMode::Drop, {1, 2}});
    QCOMPARE(errorOf([&] { subject.maps("mean", {0}, {}, limited); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(subject.maps("mean", {2}, {}, limited).front().values, limited->meanAttention(1, 2));
}

void TestSources::listsSourcesOnce()
{
    const SourceTable table;
    std::set<std::string> ids;
    for (const auto& source : table.sources()) {
        const SourceTraits traits = source->traits();
        QVERIFY2(ids.insert(traits.id).second, traits.id.c_str());
        QVERIFY(!traits.name.empty() && !traits.unit.empty() && !traits.formula.empty());
        SourceSettings settings(traits.options);
        for (const SourceOption& option : traits.options) {
            settings.set(option.key, option.standard);
            QVERIFY(!option.meaning.empty());
        }
        QCOMPARE(&table.source(traits.id), source.get());
    }
    QString message;
    errorOf([&] { table.source("lime"); }, &message);
    QVERIFY2(message.contains("heads, mean, gradcam, gradcam++, hirescam, finercam"), qPrintable(message));
}

void TestSources::saysWhatAMapIs_data()
{
    QTest::addColumn<QList<float>>("values");
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<QString>("state");
    QTest::newRow("nothing") << QList<float>{} << true << "the same everywhere";
    QTest::newRow("not a number") << QList<float>{1, std::nanf("")} << true << "not finite";
    QTest::newRow("overflow") << QList<float>{1, HUGE_VALF} << false << "not finite";
    QTest::newRow("negative") << QList<float>{-1, -2} << true << "negative everywhere";
    QTest::newRow("flat") << QList<float>{1, 1} << true << "the same everywhere";
    QTest::newRow("flat zero") << QList<float>{0, 0} << false << "the same everywhere";
    QTest::newRow("up to zero") << QList<float>{-1, 0} << true << "good";
    QTest::newRow("good") << QList<float>{-1, 2} << true << "good";
}

void TestSources::saysWhatAMapIs()
{
    QFETCH(QList<float>, values);
    QFETCH(bool, isSigned);
    QFETCH(QString, state);
    QCOMPARE(QString::fromLatin1(toString(stateOf({values.begin(), values.end()}, isSigned))), state);
}

void TestSources::makesMapsOfEveryKind_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("stride");
    for (const char* prefix : {"cam-intr-small.", "cam-resnet18"}) {
        const auto add = [prefix](const char* text, int stride) {
            QTest::newRow(qPrintable(QString("%1 %2").arg(prefix, text))) << QString(prefix) << QString(text) << stride;
        };
        add("gradcam", 32);
        add("gradcam++", 32);
        add("gradcam++:epsilon=0:stage=layer3", 16);
        add("hirescam:stage=layer2", 8);
        add("finercam:references=2:through-weights=no", 32);
        add("rise:masks=3:side=32:estimate=sum", 1);
        add("rise:masks=9:side=32", 1);
        add("occlusion:side=48:patch=24:stride=20", 20);
    }
    QTest::newRow("mean") << "cam-intr-small."
                          << "mean:layer=1" << 32;
    QTest::newRow("attention") << "cam-intr-small."
                               << "gradient-attention" << 32;
}

void TestSources::makesMapsOfEveryKind()
{
    QFETCH(QString, prefix);
    QFETCH(QString, text);
    QFETCH(int, stride);
    Subject subject(qPrintable(prefix));
    double last = 0;
    SourceRun run;
    run.report = [&](double fraction, const std::vector<SourceMap>&) {
        QVERIFY(fraction >= last && fraction <= 1);
        last = fraction;
    };
    const std::vector<SourceMap> maps = subject.maps(text.toStdString(), {4, 1}, run);
    QCOMPARE(maps.size(), std::size_t{2});
    const SourceTraits traits = subject.table.source(parseSource(text.toStdString()).source).traits();
    for (std::size_t i = 0; i < 2; ++i) {
        const SourceMap& map = maps[i];
        QCOMPARE(map.classIndex, i == 0 ? 4 : 1);
        QCOMPARE(map.source, traits.id);
        QCOMPARE(map.isSigned, traits.isSigned);
        QCOMPARE(map.unit, traits.unit);
        QCOMPARE(map.field.stride, stride);
        QCOMPARE(map.values.size(), static_cast<std::size_t>(map.rows * map.columns));
        QVERIFY(map.state == stateOf(map.values, map.isSigned) && map.state != MapState::NotFinite);
        QVERIFY(map.bytes > 0 && map.milliseconds > 0);
        const CellGeometry geometry = geometryOf(map, subject.picture.size);
        QCOMPARE(geometry.rows(), map.rows);
        QVERIFY(geometry.centre({0, 0}).x < subject.picture.size.width / 2.0);
    }
    QVERIFY(maps[0].values != maps[1].values);
}

void TestSources::headsSumUp()
{
    Subject subject("cam-intr-small.");
    const std::vector<SourceMap> heads = subject.maps("heads", {3, 0});
    QCOMPARE(heads.size(), std::size_t{8});
    const auto decoding = subject.model.engine.decode(subject.model.engine.encode(subject.model.input), {});
    for (int head = 0; head < 4; ++head) {
        const SourceMap& map = heads[static_cast<std::size_t>(4 + head)];
        QCOMPARE(map.head, std::optional(head));
        QCOMPARE(map.layer, std::optional(1));
        QCOMPARE(map.values, decoding->attention(1, head, 0));
    }
    std::vector<float> sum(heads.front().values.size());
    for (const SourceMap& map : subject.maps("gradient-attention:head=each", {2}))
        for (std::size_t cell = 0; cell < sum.size(); ++cell)
            sum[cell] += map.values[cell];
    QCOMPARE(subject.maps("gradient-attention", {2}).front().values, sum);
}

void TestSources::risesAsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("rise-resnet"))
        QTest::newRow(path.parent_path().filename().c_str()) << QString::fromStdString(path.string());
}

void TestSources::risesAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    Subject subject(golden);
    const QString text =
        QString("rise:side=0:masks=%1:grid=%2:agreement=1:score=probability:estimate=sum:complements=no:"
                "centred=")
            .arg(golden.metadata("masks").get<int>())
            .arg(golden.metadata("grid").get<int>());
    for (const auto& [centred, name] : {std::pair{"no", "saliency"}, std::pair{"yes", "centred"}}) {
        const std::vector<SourceMap> maps = subject.maps((text + centred).toStdString(), {3, 0});
        QVERIFY(largestDifference(maps[0].values, golden.row(name, 3)) <= 1e-6);
        QVERIFY(largestDifference(maps[1].values, golden.row(name, 0)) <= 1e-6);
        QCOMPARE(maps[0].count, golden.metadata("masks").get<int>());
        QCOMPARE(maps[0].settled, std::optional(false));
        QCOMPARE(maps[0].seed, std::optional<std::uint64_t>(0));
        QCOMPARE(maps[0].unit, std::string("probability"));
    }
    const auto published = subject.maps((text + "yes:published=yes").toStdString(), {3}); // whatever else is asked for
    QVERIFY(largestDifference(published[0].values, golden.row("saliency", 3)) <= 1e-6);
    QCOMPARE(published[0].unit, std::string("probability"));
}

void TestSources::risesTheSameFromTheSameSeed()
{
    Subject subject("cam-resnet18");
    const auto values = [&](const char* text) { return subject.maps(text, {1}).front().values; };
    const std::vector<float> first = values("rise:masks=4:side=32:seed=5");
    QCOMPARE(values("rise:masks=4:side=32:seed=5"), first);
    QVERIFY(values("rise:masks=4:side=32:seed=6") != first);
}

void TestSources::occludesPlaceByPlace()
{
    Subject subject("rise-resnet");
    const Size size = subject.model.input.inputSize; // 40x32 or 80x64
    const SourceMap map = subject.maps("occlusion:side=0:patch=10:stride=7", {2}).front();
    QCOMPARE(map.columns, (size.width - 10 + 6) / 7 + 1);
    QCOMPARE(map.rows, (size.height - 10 + 6) / 7 + 1);
    const std::vector<float> whole = subject.model.probe.logits(subject.model.input.values, size);
    for (const int place : {0, map.columns + 1, map.rows * map.columns - 1}) {
        std::vector<float> covered = subject.model.input.values;
        const int left = place % map.columns * 7;
        const int top = place / map.columns * 7;
        for (int plane = 0; plane < 3; ++plane)
            for (int y = top; y < std::min(top + 10, size.height); ++y)
                for (int x = left; x < std::min(left + 10, size.width); ++x)
                    covered[static_cast<std::size_t>((plane * size.height + y) * size.width + x)] = 0;
        QCOMPARE(map.values[static_cast<std::size_t>(place)], whole[2] - subject.model.probe.logits(covered, size)[2]);
    }
    QCOMPARE(map.field.start, 5.0);
    QCOMPARE(map.count, map.rows * map.columns);
}

void TestSources::occludesWithEverySubstrate()
{
    Subject subject("rise-resnet");
    std::set<std::vector<float>> all;
    for (const char* substrate : {"grey", "mean", "blur", "inpainting"}) {
        const std::string text = std::string("occlusion:side=0:patch=16:stride=16:substrate=") + substrate;
        const SourceMap map = subject.maps(text, {0}).front();
        QVERIFY(map.state == MapState::Good);
        all.insert(map.values);
    }
    QCOMPARE(all.size(), std::size_t{4});
}

void TestSources::stopsInTheMidst_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"gradcam", "finercam", "gradient-attention", "rise:side=32", "occlusion:side=32:patch=8"})
        QTest::newRow(text) << QString(text);
}

void TestSources::stopsInTheMidst()
{
    QFETCH(QString, text);
    Subject subject("cam-intr-small.");
    std::stop_source stop;
    SourceRun run{Progress(stop.get_token()), [&](double, const auto&) { stop.request_stop(); }};
    QCOMPARE(errorOf([&] { subject.maps(text.toStdString(), {0, 1}, run); }), std::optional(ErrorCode::Cancelled));
    QCOMPARE(subject.maps("gradcam", {0}).size(), std::size_t{1});
}

/// Sources of many passes see the picture, not the view's input, through a smaller one.
void TestSources::shrinksTheInput()
{
    Subject subject("cam-resnet18"); // 128x96
    const auto input = [&](const char* text) { return subject.maps(text, {0}).front().input; };
    QCOMPARE(input("rise:masks=2:side=48"), (Size{64, 48}));
    QCOMPARE(input("rise:masks=2:side=96"), (Size{128, 96}));
    QCOMPARE(input("rise:masks=2:side=0"), (Size{128, 96}));
    subject.preprocess.fixedSide = 96;
    QCOMPARE(input("rise:masks=2:side=32"), (Size{32, 32}));
}

QTEST_GUILESS_MAIN(TestSources)
#include "test_sources.moc"
