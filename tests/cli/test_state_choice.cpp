// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "tests/cli/cli_program.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

constexpr int classes = 3;

ModelConfig tinyConfig()
{
    ModelConfig config = smallConfig(classes);
    config.backboneWidth = 8;
    return config;
}

/// Two models in one file: one as its formula says, and one with half the values for an average.
class TwoModels : public TensorSource {
public:
    TwoModels() : m_model(tinyConfig())
    {
        for (const char* prefix : {average, plain})
            for (const TensorInfo& tensor : m_model.tensors())
                m_tensors.push_back({prefix + tensor.name, tensor.dtype, tensor.shape});
    }

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        const bool isPlain = tensor.name.starts_with(plain);
        m_model.read(
            {tensor.name.substr(std::string_view(isPlain ? plain : average).size()), tensor.dtype, tensor.shape}, out);
        for (float& value : out)
            value *= isPlain ? 1 : 0.5F;
    }

private:
    static constexpr const char* average = "ema_model.module.";
    static constexpr const char* plain = "model.";

    FormulaSource m_model;
    std::vector<TensorInfo> m_tensors;
};

} // namespace

/// Checkpoints that hold more than a model, and hints that do not fit, by the command line.
class TestStateChoice : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(QDir(m_folder.path()).mkdir("data"));
        writeSafetensors(path("two.safetensors").toStdString(), TwoModels(), DType::Float32,
                         {{"nheads", "4"}, {"image_size", "224"}, {"class_names", "['Ant', 'Bee', 'Cat']"}});
        QImage picture(96, 64, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        QVERIFY(picture.save(path("bird.png")));
    }

    void refusesUnknownKeys_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("inspect") << QStringList{"inspect", path("two.safetensors")};
        QTest::newRow("convert") << QStringList{"convert", path("two.safetensors"), "--out", path("n.safetensors")};
        QTest::newRow("explain") << QStringList{"explain",        "--checkpoint", path("two.safetensors"), "--image",
                                                path("bird.png"), "--out",        path("nowhere")};
        QTest::newRow("evaluate") << QStringList{"evaluate",   "--checkpoint", path("two.safetensors"), "--data",
                                                 path("data"), "--out",        path("nowhere")};
        QTest::newRow("bench") << QStringList{"bench", "--checkpoint", path("two.safetensors")};
    }

    void refusesUnknownKeys()
    {
        QFETCH(const QStringList, command);
        const CliResult result = runCli(command + QStringList{"--state", "optimizer"});
        QVERIFY(result.exitCode != 0);
        const QString errors = result.errors.join(' ');
        QVERIFY2(errors.contains("no state dict under optimizer") && errors.contains("/:model. ("), qPrintable(errors));
    }

    void inspects()
    {
        const QJsonObject state = inspected({})["state_dict"].toObject();
        QCOMPARE(state["key"].toString(), "/:model.");
        QCOMPARE(state["prefix"].toString(), "model.");
        QCOMPARE(state["averaged"].toBool(), false);
        QCOMPARE(state["others"].toArray().first().toObject()["key"].toString(), "/:ema_model.module.");
        const QJsonObject average = inspected({"--state", "/:ema_model.module."})["state_dict"].toObject();
        QCOMPARE(average["averaged"].toBool(), true);

        const QString text = runCli({"inspect", path("two.safetensors")}).out;
        for (const char* said : {"/:model., names without model.", "other state dicts of the file are not used",
                                 "image_size of the file, \"224\", is not used"})
            QVERIFY2(text.contains(said), qPrintable(text));
    }

    void ignoresForeignHints()
    {
        const QJsonObject model = inspected({});
        QCOMPARE(model["image_size"].toString(), "");
        QCOMPARE(model["class_names"].toArray(), QJsonArray({"Ant", "Bee", "Cat"}));
        QVERIFY(model["remarks"].toArray().size() >= 2);
        const CliResult result = explain({"--image-size", "64:96"}, "hint");
        QCOMPARE(result.errors, QStringList());
        QCOMPARE(result.exitCode, 0);
    }

    void runsTheOneThatIsChosen()
    {
        const QString plain = explain({}, "plain").out;
        const QString average = explain({"--state", "/:ema_model.module."}, "average").out;
        QVERIFY(!plain.isEmpty() && plain != average);
        const CliResult converted = runCli(
            {"convert", path("two.safetensors"), "--out", path("ema.safetensors"), "--state", "/:ema_model.module."});
        QCOMPARE(converted.errors, QStringList());
        const QString alone = explain({}, "alone", "ema.safetensors").out;
        QCOMPARE(alone.section('\n', 0, 0), average.section('\n', 0, 0));
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }

    QJsonObject inspected(const QStringList& more) const
    {
        const CliResult result = runCli(QStringList{"inspect", path("two.safetensors"), "--json"} + more);
        return QJsonDocument::fromJson(result.out.toUtf8()).object();
    }

    CliResult explain(const QStringList& more, const QString& out, const QString& model = "two.safetensors") const
    {
        const QStringList own = more.contains("--image-size") ? more : more + QStringList{"--image-size", "64:96"};
        return runCli(
            QStringList{"explain", "--checkpoint", path(model), "--image", path("bird.png"), "--out", path(out)} + own);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestStateChoice)
#include "test_state_choice.moc"
