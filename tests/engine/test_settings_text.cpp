// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/engine/engine.h"
#include "core/engine/model_companions.h"
#include "core/engine/settings_text.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/prototree/tree_rows.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/small_vit.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

ModelConfig smallIntr()
{
    ModelConfig config;
    config.backbone = BackboneKind::ResNet50;
    config.backboneWidth = 4;
    config.hiddenDim = 16;
    config.encoderLayers = 1;
    config.decoderLayers = 1;
    config.feedForward = 16;
    config.queries = 3;
    return config;
}

ModelConfig smallClassifier()
{
    ModelConfig config;
    config.head = HeadKind::None;
    config.vit = smallVit();
    config.vit->classes = config.queries = 3;
    return config;
}

ModelConfig protoPNetOfResnet()
{
    ModelConfig config = smallProtoPNet();
    FeatureConfig features;
    features.stages = {1, 1, 1, 1};
    features.hasBottlenecks = true;
    features.width = 4;
    config.prototypes->features = features;
    return config;
}

} // namespace

/// Whatever a file beside a model changes in it must change the text that keys of kept results are made of.
class TestSettingsText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void tellsWhatCompanionsChange_data();
    void tellsWhatCompanionsChange();

private:
    std::filesystem::path path(const QString& name) const { return m_folder.filePath(name).toStdString(); }

    void write(const QString& name, const TensorSource& source, const std::map<std::string, std::string>& settings)
    {
        writeSafetensors(path(name), source, DType::Float32, settings);
    }

    QTemporaryDir m_folder;
};

void TestSettingsText::initTestCase()
{
    write("intr", FormulaSource(smallIntr()), {});
    write("vit", FormulaSource(smallClassifier()), {});
    write("protopnet", PrototypeFormula(protoPNetTensors(smallProtoPNet())), {});
    write("resnet", PrototypeFormula(protoPNetTensors(protoPNetOfResnet())), {});
    write("tree", PrototypeFormula(protoTreeTensors(smallProtoTree())),
          {{"tree", treeRows(*smallProtoTree().prototypes->tree).dump()}});
    write("former", TransformerFormula(releasedFormer(smallFormer(false))),
          {{"reserve_layers", "[1]"}, {"reserve_token_nums", "[9]"}});
}

void TestSettingsText::tellsWhatCompanionsChange_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("companion");
    const auto row = [](const char* file, const char* companion) {
        QTest::newRow(qPrintable(QString("%1 %2").arg(file, companion))) << file << QByteArray(companion);
    };
    row("intr", R"({"nheads": 4})");
    row("intr", R"({"dilation": true})");
    row("vit", R"({"num_heads": 2})");
    row("vit", R"({"position_resampling": "dino"})");
    row("vit", R"({"activation": "quick_gelu"})");
    row("vit", R"({"norm_eps": "1e-5"})");
    row("protopnet", R"({"prototype_activation_function": "linear"})");
    row("protopnet", R"({"img_size": 32})");
    row("resnet", R"({"dilation": true})");
    row("tree", R"({"tree": "[[0,2,1,2],[1],[4,1,3,4],[5],[6]]"})");
    row("tree", R"({"tree": "[[0,2,1,2],[7],[4,0,3,4],[5],[6]]"})");
    row("tree", R"({"kontschieder_normalization": true})");
    row("tree", R"({"img_size": 32})");
    row("former", R"({"prototype_activation_function": "linear"})");
    row("former", R"({"num_heads": 4})");
    row("former", R"({"reserve_token_nums": "[8]"})");
    row("former", R"({"global_coe": "0.25"})");
}

void TestSettingsText::tellsWhatCompanionsChange()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, companion);
    QFile::remove(QString::fromStdString(sidecarOf(path(file)).string()));
    Engine plain(EngineOptions{});
    const ModelDescription& before = plain.open(path(file));
    QFile beside(QString::fromStdString(sidecarOf(path(file)).string()));
    QVERIFY(beside.open(QIODevice::WriteOnly) && beside.write(companion) == companion.size());
    beside.close();
    Engine changed(EngineOptions{});
    const ModelDescription& after = changed.open(path(file));
    QVERIFY(!(before.config == after.config));
    QVERIFY(settingsText(before) != settingsText(after));
}

QTEST_GUILESS_MAIN(TestSettingsText)
#include "test_settings_text.moc"
