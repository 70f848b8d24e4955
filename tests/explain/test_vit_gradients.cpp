// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <QTemporaryDir>
#include <QTest>

#include "core/engine/engine.h"
#include "core/explain/model_probe.h"
#include "core/explain/source_table.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/state_dict.h"
#include "core/model/vit/vit_tensors.h"
#include "tests/support/error_of.h"
#include "tests/support/small_vit.h"

using namespace ocellus;

namespace {

constexpr int classes = 5;

ModelConfig withHead(HeadKind head)
{
    ModelConfig config;
    config.vit = smallVit();
    config.head = head;
    config.queries = classes;
    config.hiddenDim = 16;
    config.heads = 2;
    config.encoderLayers = 0;
    config.decoderLayers = 2;
    config.feedForward = 24;
    config.promptLayers = config.vit->depth;
    config.vit->classes = head == HeadKind::None ? classes : 0;
    return config;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::HeadKind)

/// Slopes of Vision Transformers: of the same logits and the same attention as inference has.
class TestVitGradients : public QObject {
    Q_OBJECT

private slots:
    void refusesABareBackbone();
    void agreesWithInference_data();
    void agreesWithInference();
    void refusesAttentionBeforeTheLastBlock();

private:
    /// Opens a model of this form with weights by formula.
    void open(const std::vector<TensorInfo>& tensors, const std::string& heads)
    {
        const std::filesystem::path path = m_folder.filePath("model.safetensors").toStdString();
        writeSafetensors(path, FormulaSource(tensors), DType::Float32, {{"num_heads", heads}, {"nheads", "2"}});
        m_engine.open(path);
        m_input.pictureSize = m_input.inputSize = {96, 64};
        m_input.values.resize(std::size_t{3} * 96 * 64);
        fillByFormula("image", -2, 2, m_input.values);
        m_input.key = {1, 2};
    }

    QTemporaryDir m_folder;
    Engine m_engine{{.device = "cpu", .threads = 1}};
    ModelProbe m_probe{m_engine};
    ModelInput m_input;
};

void TestVitGradients::refusesABareBackbone()
{
    open(vitTensors(smallVit()), "4");
    const SourceTable table;
    for (const char* id : {"gradcam", "gradcam++", "hirescam", "finercam", "gradient-attention"})
        QVERIFY2(!table.source(id).unfit(m_probe.model()).empty(), id);
}

void TestVitGradients::agreesWithInference_data()
{
    QTest::addColumn<HeadKind>("head");
    QTest::newRow("INTR") << HeadKind::Shared;
    QTest::newRow("Prompt-CAM") << HeadKind::Prompts;
    QTest::newRow("linear") << HeadKind::None;
}

void TestVitGradients::agreesWithInference()
{
    QFETCH(const HeadKind, head);
    const ModelConfig config = withHead(head);
    open(head == HeadKind::Prompts ? promptCamTensors(config)
         : head == HeadKind::None  ? vitTensors(*config.vit)
                                   : expectedTensors(config),
         "4");
    const auto trace = m_probe.trace(m_input, m_probe.stage("grid"));
    QVERIFY(largestDifference(trace->logits(), m_engine.logits(m_input)) < 1e-4);
    QCOMPARE(trace->channels(), 32);
    QCOMPARE(trace->rows(), 4);
    QCOMPARE(trace->columns(), 6);
    const std::vector<float> slopes = trace->gradients(3);
    QVERIFY(std::ranges::any_of(slopes, [](float slope) { return slope != 0; }));

    const auto decoding = m_engine.decode(m_engine.encode(m_input), {});
    for (int r = 0; r < trace->heads(); ++r) {
        const std::vector<float> all = trace->attention(trace->layers() - 1, 3);
        const std::vector<float> own(all.begin() + r * 24, all.begin() + (r + 1) * 24);
        QVERIFY(largestDifference(own, decoding->attention(m_probe.model().offer.layers - 1, r, 3)) < 1e-5);
    }
    const SourceTable table;
    const Picture picture{{96, 64}, std::vector<std::uint8_t>(std::size_t{3} * 96 * 64, 128)};
    const SourceSubject subject{picture, PreprocessOptions(), m_input, nullptr, decoding};
    for (const char* id : {"gradcam", "gradcam++", "hirescam", "finercam", "gradient-attention"}) {
        const ExplanationSource& source = table.source(id);
        const auto maps = SourceTable::maps(source, m_engine, m_probe, subject, {3, 1}, table.settings({id, {}}));
        QCOMPARE(maps.size(), std::size_t{2});
        QCOMPARE(maps[0].values.size(), std::size_t{24});
        QVERIFY2(maps[0].values != maps[1].values, id);
    }
}

void TestVitGradients::refusesAttentionBeforeTheLastBlock()
{
    open(promptCamTensors(withHead(HeadKind::Prompts)), "4");
    const SourceTable table;
    const Picture picture{{96, 64}, std::vector<std::uint8_t>(std::size_t{3} * 96 * 64, 128)};
    const SourceSubject subject{picture, PreprocessOptions(), m_input, nullptr, nullptr};
    QString message;
    QCOMPARE(errorOf(
                 [&] {
                     SourceTable::maps(table.source("gradient-attention"), m_engine, m_probe, subject, {3},
                                       table.settings({"gradient-attention", {{"layer", "1"}}}));
                 },
                 &message),
             ErrorCode::BadArgument);
    QVERIFY2(message.contains("expected last or 2"), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestVitGradients)
#include "test_vit_gradients.moc"
