// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "core/engine/stored_maps.h"
#include "core/io/safetensors_reader.h"
#include "core/model/formula_source.h"
#include "tests/support/error_of.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/support/oracle_config.h"

using namespace ocellus;

namespace {

constexpr int classCount = 5;

ModelInput makeInput(int width, int height)
{
    ModelInput input;
    input.pictureSize = input.inputSize = {width, height};
    input.values.resize(static_cast<std::size_t>(3 * width * height));
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::as_bytes(std::span(input.values)), static_cast<std::uint64_t>(width));
    return input;
}

ModelConfig tiny(HeadKind head = HeadKind::Shared)
{
    ModelConfig config = smallConfig(classCount);
    config.backboneWidth = 16;
    config.head = head;
    return config;
}

AttentionIntervention makeIntervention(int classIndex, std::vector<int> heads,
                                       std::map<int, std::vector<int>> cells = {}, int rows = 4, int columns = 5)
{
    const bool hasCells = !cells.empty();
    return {classIndex, std::move(heads), std::move(cells), hasCells ? rows : 0, hasCells ? columns : 0};
}

/// What tests/scripts/make_intervention_numbers.py wrote.
struct Golden {
    explicit Golden(const QString& name)
        : file(OCELLUS_TEST_DATA "/intervention/" + name.toStdString() + ".safetensors")
    {
        const auto parsed = [this](const char* key) {
            return nlohmann::json::parse(file.args().at(key).get<std::string>());
        };
        config = oracleConfig(parsed("config"));
        height = parsed("image_height");
        width = parsed("image_width");
        const std::string mode = file.args().at("mode");
        set.mode = mode == "zero" ? LimitMode::Zero : mode == "drop" ? LimitMode::Drop : LimitMode::All;
        set.active = parsed("active").get<std::vector<int>>();
        intervention.classIndex = parsed("subject");
        intervention.heads = parsed("heads").get<std::vector<int>>();
        for (const auto& [head, cells] : parsed("cells").get<std::vector<std::pair<int, std::vector<int>>>>())
            intervention.cells[head] = cells;
        constexpr int stride = 32;
        intervention.rows = (height + stride - 1) / stride;
        intervention.columns = (width + stride - 1) / stride;
    }

    std::vector<float> values(const char* name) const
    {
        const TensorInfo& info = *file.find(name);
        std::vector<float> out(static_cast<std::size_t>(
            std::accumulate(info.shape.begin(), info.shape.end(), std::int64_t{1}, std::multiplies<>())));
        file.read(info, out);
        return out;
    }

    SafetensorsReader file;
    ModelConfig config;
    int height = 0;
    int width = 0;
    QuerySet set;
    AttentionIntervention intervention;
};

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    if (a.size() != b.size())
        return HUGE_VAL;
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
}

/// The last layer's attention of one class, [R, N].
std::vector<float> lastAttention(const Decoding& decoding, int classIndex)
{
    std::vector<float> all;
    for (int head = 0; head < decoding.extent().heads; ++head) {
        const auto map = decoding.attention(decoding.extent().layers - 1, head, classIndex);
        all.insert(all.end(), map.begin(), map.end());
    }
    return all;
}

} // namespace

class TestAttentionIntervention : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const std::filesystem::path path = m_folder.filePath("tiny.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny());
        m_engine.open(path);
        m_encoding = m_engine.encode(makeInput(160, 128)); // 4 x 5 cells
    }

    void refuses_data()
    {
        QTest::addColumn<AttentionIntervention>("intervention");
        QTest::addColumn<QuerySet>("set");
        QTest::addColumn<QString>("message");
        const QuerySet drop{LimitMode::Drop, {3, 1}};
        QTest::newRow("a class that is not there") << makeIntervention(5, {0}) << QuerySet() << "class 5";
        QTest::newRow("a negative class") << makeIntervention(-2, {0}) << QuerySet() << "class -2";
        QTest::newRow("a class left out") << makeIntervention(2, {0}) << drop << "class 2";
        QTest::newRow("a head too far") << makeIntervention(1, {4}) << QuerySet() << "heads from 0 to 3, got 4";
        QTest::newRow("a negative head") << makeIntervention(1, {-1}) << drop << "heads from 0 to 3, got -1";
        QTest::newRow("a head twice") << makeIntervention(1, {2, 2}) << QuerySet() << "got 2 before 2";
        QTest::newRow("heads in disorder") << makeIntervention(1, {3, 1}) << QuerySet() << "got 3 before 1";
        QTest::newRow("cells of a head too far")
            << makeIntervention(1, {}, {{4, {0}}}) << QuerySet() << "heads from 0 to 3";
        QTest::newRow("a cell too far") << makeIntervention(1, {}, {{0, {20}}}) << QuerySet()
                                        << "cells from 0 to 19, got 20";
        QTest::newRow("a negative cell") << makeIntervention(1, {}, {{0, {-1, 3}}}) << QuerySet()
                                         << "cells from 0 to 19";
        QTest::newRow("a cell twice") << makeIntervention(1, {}, {{0, {3, 3}}}) << QuerySet() << "got 3 before 3";
        QTest::newRow("cells of a grid that lies the other way")
            << makeIntervention(1, {}, {{0, {3}}}, 5, 4) << QuerySet()
            << "a grid of 4 rows and 5 columns, got cells of 5 rows and 4 columns";
        QTest::newRow("cells of no grid")
            << makeIntervention(1, {}, {{0, {3}}}, 0, 0) << QuerySet() << "a grid of 4 rows";
        QTest::newRow("a cell of a head that is gone")
            << makeIntervention(1, {0}, {{0, {99}}}) << QuerySet() << "got 99";
    }

    void refuses()
    {
        QFETCH(const AttentionIntervention, intervention);
        QFETCH(const QuerySet, set);
        QFETCH(const QString, message);
        QString text;
        QCOMPARE(errorOf([&] { m_engine.decode(m_encoding, set, intervention); }, &text), ErrorCode::BadArgument);
        QVERIFY2(text.contains(message), qPrintable(text));
    }

    void refusesAPlainClassifier()
    {
        const std::filesystem::path path = m_folder.filePath("linear.safetensors").toStdString();
        writeFormulaCheckpoint(path, tiny(HeadKind::Linear));
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(64, 64));
        QString text;
        QCOMPARE(errorOf([&] { engine.decode(encoding, {}, makeIntervention(1, {0})); }, &text),
                 ErrorCode::BadArgument);
        QVERIFY2(text.contains("plain classifier"), qPrintable(text));
        QCOMPARE(engine.decode(encoding, {}, AttentionIntervention{}), engine.decode(encoding, {}));
    }

    void nothingSuppressedIsTheSameDecoding_data()
    {
        QTest::addColumn<AttentionIntervention>("intervention");
        QTest::newRow("nothing") << AttentionIntervention();
        QTest::newRow("a class alone") << makeIntervention(3, {});
        QTest::newRow("no cells of a head") << makeIntervention(3, {}, {{1, {}}});
    }

    void nothingSuppressedIsTheSameDecoding()
    {
        QFETCH(const AttentionIntervention, intervention);
        QVERIFY(intervention.empty());
        const QuerySet zero{LimitMode::Zero, {3, 1}};
        QCOMPARE(m_engine.decode(m_encoding, zero, intervention), m_engine.decode(m_encoding, zero));
    }

    /// Against whole passes of the reference implementation.
    void agreesWithTheReference_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"heads", "cells", "every-head", "all-cells-but-one", "prenorm", "zero-active",
                                 "zero-inactive", "drop", "per-class-zero-inactive", "per-class-drop"})
            QTest::newRow(name) << QString(name);
    }

    void agreesWithTheReference()
    {
        QFETCH(const QString, name);
        const Golden golden(name);
        const std::filesystem::path path = m_folder.filePath("golden.safetensors").toStdString();
        writeFormulaCheckpoint(path, golden.config);
        Engine engine;
        engine.open(path);
        const auto encoding = engine.encode(makeInput(golden.width, golden.height));
        const int subject = golden.intervention.classIndex;
        const auto decoding = engine.decode(encoding, golden.set, golden.intervention);
        QVERIFY(largestDifference(decoding->logits(), golden.values("logits")) < 1e-4);
        QVERIFY(largestDifference(lastAttention(*decoding, subject), golden.values("attention")) < 1e-5);
        QVERIFY(largestDifference(decoding->output(subject), golden.values("output")) < 1e-4);
        // The tolerance tells something: without suppression the logit is another.
        QVERIFY(std::abs(engine.decode(encoding, golden.set)->logit(subject) - decoding->logit(subject)) > 1e-3F);
    }

    void leavesEverythingElseItsBits_data()
    {
        QTest::addColumn<QuerySet>("set");
        QTest::addColumn<int>("subject");
        QTest::newRow("all") << QuerySet() << 2;
        QTest::newRow("active under zero") << QuerySet{LimitMode::Zero, {4, 2}} << 2;
        QTest::newRow("inactive under zero") << QuerySet{LimitMode::Zero, {4, 3}} << 2;
        QTest::newRow("drop") << QuerySet{LimitMode::Drop, {4, 2, 0}} << 2;
    }

    void leavesEverythingElseItsBits()
    {
        QFETCH(const QuerySet, set);
        QFETCH(const int, subject);
        const AttentionIntervention intervention = makeIntervention(subject, {1}, {{3, {0, 12}}});
        const auto whole = m_engine.decode(m_encoding, set);
        const auto changed = m_engine.decode(m_encoding, set, intervention);
        const int last = whole->extent().layers - 1;
        QVERIFY(changed->intervention() == intervention);
        QVERIFY(whole->intervention().empty());
        QVERIFY(changed->key() != whole->key());
        QVERIFY(changed->logit(subject) != whole->logit(subject));
        for (const int c : whole->classes()) {
            QCOMPARE(changed->logit(c) == whole->logit(c), c != subject);
            QCOMPARE(std::ranges::equal(changed->output(c), whole->output(c)), c != subject);
            for (int layer = 0; layer <= last; ++layer)
                for (int head = 0; head < whole->extent().heads; ++head) {
                    const bool touched = c == subject && layer == last && (head == 1 || head == 3);
                    QCOMPARE(std::ranges::equal(changed->attention(layer, head, c), whole->attention(layer, head, c)),
                             !touched);
                    QVERIFY(std::ranges::equal(changed->scores(layer, head, c), whole->scores(layer, head, c)));
                }
        }
        const auto& p = changed->probabilities();
        QVERIFY(std::abs(std::accumulate(p.begin(), p.end(), 0.0) - 1) < 1e-6);
        // Zero vectors come last.
        QVERIFY(std::ranges::is_sorted(changed->ranking(), std::greater(), [&](int place) {
            const auto at = static_cast<std::size_t>(place);
            return std::pair(changed->isActive(changed->classes()[at]), changed->logits()[at]);
        }));
    }

    void suppressedHeadsAreZeroAndTheOthersSumToOne()
    {
        std::vector<int> everyCell(20);
        std::iota(everyCell.begin(), everyCell.end(), 0);
        const auto decoding = m_engine.decode(m_encoding, {}, makeIntervention(0, {2}, {{0, everyCell}, {1, {5, 6}}}));
        const auto sum = [&](int head) {
            const auto map = decoding->attention(1, head, 0);
            return std::accumulate(map.begin(), map.end(), 0.0);
        };
        QCOMPARE(sum(0), 0.0);
        QCOMPARE(sum(2), 0.0);
        QVERIFY(std::abs(sum(1) - 1) < 1e-6);
        QCOMPARE(decoding->attention(1, 1, 0)[5], 0.0F);
        QCOMPARE(decoding->attention(1, 1, 0)[6], 0.0F);
        // All cells of a head are the head.
        const auto heads = m_engine.decode(m_encoding, {}, makeIntervention(0, {0, 2}, {{1, {5, 6}}}));
        QCOMPARE(heads->logits(), decoding->logits());
    }

    /// Shares of the whole softmax would be 0 / 0 here.
    void sharesWhatIsLeftWhenTheRestWasNothing()
    {
        Decoding::Arrays arrays;
        arrays.logits = {0};
        arrays.maps = std::make_shared<StoredMaps>(1, 1, 4, std::vector<float>{1, 0, 0, 0},
                                                   std::vector<float>{500, -300, -300, -301});
        const Decoding decoding({}, {}, {1, 1, 1, 2, 2, 1, 1}, {0}, std::move(arrays));
        const std::vector<float> left = intervenedAttention(makeIntervention(0, {}, {{0, {0}}}, 2, 2), decoding);
        QCOMPARE(left[0], 0.0F);
        QVERIFY(std::abs(left[1] - 0.42232F) < 1e-5F);
        QCOMPARE(left[2], left[1]);
    }

    void doesNotRunTheDecoderAgain()
    {
        Engine engine;
        engine.open(m_engine.model()->path);
        const auto encoding = engine.encode(makeInput(96, 96));
        engine.decode(encoding, {});
        for (int head = 0; head < 4; ++head)
            engine.decode(encoding, {}, makeIntervention(1, {head}));
        QCOMPARE(engine.counters().decodes, 1);
        QCOMPARE(engine.counters().encodes, 1);
    }

private:
    QTemporaryDir m_folder;
    Engine m_engine;
    std::shared_ptr<const Encoding> m_encoding;
};

QTEST_GUILESS_MAIN(TestAttentionIntervention)
#include "test_attention_intervention.moc"
