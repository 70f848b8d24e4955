// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/vit/vit_tensors.h"
#include "tests/cli/cli_program.h"
#include "tests/support/npz_reader.h"
#include "tests/support/small_vit.h"

using namespace ocellus;

namespace {

std::vector<TensorInfo> withPrompts(int classes)
{
    std::vector<TensorInfo> tensors = vitTensors(smallVit());
    tensors.push_back({"vpt.prompt_embeddings", DType::Float32, {2, classes, 32}});
    tensors.push_back({"head.weight", DType::Float32, {1, 32}});
    tensors.push_back({"head.bias", DType::Float32, {1}});
    return tensors;
}

} // namespace

/// Vision Transformers by the command line: what they are, where they look, and what they refuse.
class TestVitCommands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const std::map<std::string, std::string> said{{"num_heads", "4"}};
        writeSafetensors(path("vit.safetensors").toStdString(), FormulaSource(vitTensors(smallVit())), DType::Float32,
                         {});
        writeSafetensors(path("prompts.safetensors").toStdString(), FormulaSource(withPrompts(5)), DType::Float32,
                         said);
        QImage image(90, 60, QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                image.setPixelColor(x, y, QColor(2 * x, 4 * y, (x * y) % 256));
        QVERIFY(image.save(path("photo.png")));
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const QStringList explain{"explain", "--image", path("photo.png"), "--out", path("refused"), "--checkpoint"};
        QTest::newRow("zero queries of Prompt-CAM")
            << explain + QStringList{path("prompts.safetensors"), "--active", "1", "--mode", "zero"}
            << "Prompt-CAM has no zero queries";
        QTest::newRow("a limit of tokens")
            << explain + QStringList{path("vit.safetensors"), "--active", "0", "--mode", "drop"}
            << "no class queries to limit";
        QTest::newRow("a layer too many")
            << explain + QStringList{path("vit.safetensors"), "--layer", "3"} << "from 1 to 2";
        QTest::newRow("a picture smaller than a patch")
            << explain + QStringList{path("vit.safetensors"), "--image-size", "fixed:8"} << "at least one patch";
        const QStringList set = explain + QStringList{path("vit.safetensors"), "--set"};
        QTest::newRow("a setting without a value") << set + QStringList{"num_heads"} << "expected KEY=VALUE";
        QTest::newRow("an unknown setting")
            << set + QStringList{"colour=red"} << "expected num_heads, position_resampling";
        QTest::newRow("heads in words") << set + QStringList{"num_heads=four"} << "num_heads";
        QTest::newRow("heads that do not divide") << set + QStringList{"num_heads=5"} << "expected a divisor";
        QTest::newRow("an unknown activation") << set + QStringList{"activation=relu"} << "gelu, quick_gelu";
        QTest::newRow("eps beyond 1") << set + QStringList{"norm_eps=2"} << "norm_eps";
        QTest::newRow("gradients of a bare backbone")
            << explain + QStringList{path("vit.safetensors"), "--source", "gradcam"} << "no logits";
        QTest::newRow("gradients of attention before the last block")
            << explain + QStringList{path("prompts.safetensors"), "--source", "gradient-attention:layer=1"}
            << "expected last or 2";
        const QStringList train{"train", "--data", path("absent"), "--out", path("run"), "--backbone"};
        QTest::newRow("an unknown Vision Transformer")
            << train + QStringList{"vit_giant_patch3", "--head", "prompt-cam"} << "vit_small_patch14_dinov2";
        QTest::newRow("Prompt-CAM on a ResNet")
            << train + QStringList{"resnet18", "--head", "prompt-cam"} << "expected a Vision Transformer";
        QTest::newRow("weights of another network")
            << train + QStringList{"vit_base_patch16", "--backbone-weights", path("vit.safetensors"), "--head", "intr"}
            << "got width 32, 2 blocks";
        QTest::newRow("prompts of more blocks than there are")
            << train + QStringList{"vit_tiny_patch16", "--head", "prompt-cam", "--train-prompts", "13"}
            << "at most 12 blocks";
    }

    void refuses()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, said);
        const CliResult result = runCli(arguments);
        QVERIFY(result.exitCode != 0);
        QVERIFY2(result.errors.join('\n').contains(said), qPrintable(result.errors.join('\n')));
    }

    void inspects()
    {
        const QString families = runCli({"inspect", "--families"}).out;
        for (const char* name : {"prompt-cam", "intr-vit", "classifier", "vit"})
            QVERIFY2(families.contains(name), name);
        const CliResult result = runCli({"inspect", path("vit.safetensors"), "--json"});
        QCOMPARE(result.exitCode, 0);
        const QJsonObject model = QJsonDocument::fromJson(result.out.toUtf8()).object();
        QCOMPARE(model["family"].toString(), QString("vit"));
        QCOMPARE(model["architecture"].toObject()["depth"].toInt(), 2);
        QVERIFY(model["assumed"].toArray().contains("num_heads"));
        QCOMPARE(model["image_size"].toString(), QString("crop:73:64,patch:16,bicubic"));
        QVERIFY(runCli({"inspect", path("vit.safetensors")}).out.contains("assumed             num_heads"));
    }

    void takesSettings()
    {
        const CliResult result = runCli({"inspect", path("vit.safetensors"), "--set", "num_heads=8", "--set",
                                         "preprocessing=fixed:64,half", "--json"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const QJsonObject model = QJsonDocument::fromJson(result.out.toUtf8()).object();
        QVERIFY(!model["assumed"].toArray().contains("num_heads"));
        QVERIFY(model["assumed"].toArray().contains("norm_eps"));
        QCOMPARE(model["image_size"].toString(), QString("fixed:64,half"));
    }

    void explainsByGradients()
    {
        const CliResult result = runCli(
            {"explain", "--checkpoint", path("prompts.safetensors"), "--image", path("photo.png"), "--source",
             "gradcam,hirescam,finercam,gradient-attention:head=each", "--query", "1", "--out", path("gradients")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    }

    /// Gradients run through the network that trains, which knows no names but its own.
    void explainsByGradientsUnderOtherNames()
    {
        VitConfig classified = smallVit();
        classified.classes = 5;
        std::vector<TensorInfo> tensors = vitTensors(classified);
        for (TensorInfo& tensor : tensors) // as DINOv2 keeps blocks in chunks
            if (tensor.name.starts_with("blocks."))
                tensor.name = "blocks.0." + tensor.name.substr(7);
        writeSafetensors(path("chunks.safetensors").toStdString(), FormulaSource(tensors), DType::Float32,
                         {{"num_heads", "4"}});
        const CliResult result =
            runCli({"explain", "--checkpoint", path("chunks.safetensors"), "--image", path("photo.png"), "--source",
                    "gradcam", "--query", "1", "--out", path("chunks")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
    }

    void randomisesVits_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("sources");
        QTest::addColumn<QString>("deciding");
        QTest::newRow("Prompt-CAM") << "prompts"
                                    << "heads,mean,gradcam"
                                    << "prompts";
        QTest::newRow("bare") << "vit"
                              << "heads,mean"
                              << "blocks.1";
    }

    void randomisesVits()
    {
        QFETCH(const QString, model);
        QFETCH(const QString, sources);
        QFETCH(const QString, deciding);
        const CliResult result = runCli({"sanity", "--checkpoint", path(model + ".safetensors"), "--set", "num_heads=2",
                                         "--image", path("photo.png"), "--source", sources, "--json"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const QJsonObject report = QJsonDocument::fromJson(result.out.toUtf8()).object();
        QCOMPARE(report["deciding_stage"].toString(), deciding);
        QVERIFY2(report["model_settings"].toString().contains("set by hand: num_heads 2"), qPrintable(result.out));
        QCOMPARE(report["sources"].toArray().size(), 2 + sources.count(','));
    }

    void measuresFaithfulness()
    {
        for (int i = 0; i < 5; ++i) {
            const QString folder = path(QString("data/%1").arg(i));
            QVERIFY(QDir().mkpath(folder) && QFile::copy(path("photo.png"), folder + "/photo.png"));
        }
        const CliResult result =
            runCli({"faithfulness", "--checkpoint", path("prompts.safetensors"), "--data", path("data"), "--source",
                    "mean,gradcam", "--step", "8", "--random", "2", "--wrong-too", "--limit", "2", "--set",
                    "norm_eps=1e-5", "--out", path("faithful")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        QFile settings(path("faithful/settings.json"));
        QVERIFY(settings.open(QIODevice::ReadOnly) && settings.readAll().contains("set by hand: norm_eps 1e-05"));
        QVERIFY(QFile::exists(path("faithful/summary.json")));
    }

    /// Prompt-CAM has no zero queries: its ring is asked without the others' prompts.
    void pointsInMasksUnderALimit()
    {
        QImage mask(90, 60, QImage::Format_Grayscale8);
        mask.fill(255);
        mask.setPixel(0, 0, 0); // of one value it would be refused
        for (int i = 0; i < 5; ++i) {
            QVERIFY(QDir().mkpath(path(QString("seen/%1").arg(i))) && QDir().mkpath(path(QString("masks/%1").arg(i))));
            QVERIFY(QFile::copy(path("photo.png"), path(QString("seen/%1/photo.png").arg(i))));
            QVERIFY(mask.save(path(QString("masks/%1/photo.png").arg(i))));
        }
        QFile rings(path("rings.csv"));
        QVERIFY(rings.open(QIODevice::WriteOnly));
        rings.write("species,ring\n0,a\n1,a\n2,a\n3,b\n4,b\n");
        rings.close();
        const CliResult result =
            runCli({"evaluate", "--checkpoint", path("prompts.safetensors"), "--data", path("seen"), "--masks",
                    path("masks"), "--groups", path("rings.csv"), "--json", "--out", path("pointed")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const QJsonArray rows = QJsonDocument::fromJson(result.out.toUtf8())["pointing"].toArray();
        QVERIFY(!rows.isEmpty());
        for (const QJsonValue& row : rows)
            QVERIFY(row["n"].toInt() > 0); // of those that are named rightly
    }

    void explainsTokens()
    {
        const CliResult result =
            runCli({"explain", "--checkpoint", path("vit.safetensors"), "--image", path("photo.png"), "--image-size",
                    "short:64,patch:16,bicubic", "--layer", "all", "--out", path("tokens")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const auto arrays = readNpz(path("tokens/photo.npz").toStdString());
        QVERIFY(!arrays.contains("logits") && !arrays.contains("probabilities"));
        QVERIFY((arrays.at("attention").shape == std::vector<std::int64_t>{2, 1, 1, 4, 6})); // 64 channels a head
        double sum = 0;
        for (const double weight : arrays.at("attention").values)
            sum += weight;
        QVERIFY(sum > 0 && sum < 2); // the rest goes to [CLS] itself
        QVERIFY(QFile::exists(path("tokens/photo.png")));
    }

    void explainsPromptCam()
    {
        const CliResult result =
            runCli({"explain", "--checkpoint", path("prompts.safetensors"), "--image", path("photo.png"), "--active",
                    "3,1", "--mode", "drop", "--query", "1", "--out", path("prompts")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const auto arrays = readNpz(path("prompts/photo.npz").toStdString());
        QVERIFY((arrays.at("logits").shape == std::vector<std::int64_t>{2}));
        QVERIFY((arrays.at("attention").shape == std::vector<std::int64_t>{1, 4, 1, 4, 4}));
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestVitCommands)
#include "test_vit_commands.moc"
