// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/engine/model_companions.h"
#include "core/image/preprocess_options.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

bool contains(const std::vector<std::string>& list, const std::string& part)
{
    return std::ranges::any_of(list, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

} // namespace

/// What lies beside a checkpoint comes from anybody: it is read as what it says, or left alone with a remark.
class TestModelCompanions : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTemporaryDir folder;
        m_folder.swap(folder);
    }

    void leavesAlone_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("remark");
        for (const char* file : {"config.json", "model.ocellus-model.json"}) {
            const QByteArray name(file);
            QTest::newRow(name + ": empty") << file << QByteArray() << "is not used";
            QTest::newRow(name + ": no JSON") << file << QByteArray("heads = 6") << "is not used";
            QTest::newRow(name + ": a list") << file << QByteArray("[6]") << "it is no JSON object";
            QTest::newRow(name + ": a number") << file << QByteArray("6") << "it is no JSON object";
            QTest::newRow(name + ": no UTF-8") << file << QByteArray("{\"a\": \"\xff\xfe\"}") << "is not used";
            QTest::newRow(name + ": cut off") << file << QByteArray("{\"num_heads\": ") << "is not used";
            QTest::newRow(name + ": deep") << file << QByteArray(100'000, '[') << "is not used";
            QTest::newRow(name + ": objects in objects")
                << file << QByteArray("{\"a\":").repeated(50'000) << "is not used";
            QTest::newRow(name + ": many values") << file << "[" + QByteArray("1,").repeated(1'100'000) + "1]"
                                                  << "is not used";
            QTest::newRow(name + ": too large") << file << QByteArray((16 << 20) + 1, ' ') << "more than 16 MB";
        }
        QTest::newRow("a type that is no text") << "config.json" << QByteArray(R"({"model_type": 7})") << "";
        QTest::newRow("a type that is a list") << "config.json" << QByteArray(R"({"model_type": ["vit"]})") << "";
        QTest::newRow("another type") << "config.json" << QByteArray(R"({"model_type": "bert"})") << "";
    }

    void leavesAlone()
    {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, content);
        QFETCH(const QString, remark);
        write(file, content);
        const ModelCompanions companions = readCompanions(checkpoint(), {{"num_heads", 4}}, true);
        QCOMPARE(companions.settings.dump(), std::string(R"({"num_heads":4})"));
        QCOMPARE(companions.remarks.empty(), remark.isEmpty());
        QVERIFY(remark.isEmpty() || contains(companions.remarks, remark.toStdString()));
    }

    void passesOverPreprocessing_data()
    {
        QTest::addColumn<QByteArray>("content");
        const char* const half = R"("image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5])";
        const auto row = [](const char* name, const QByteArray& content) { QTest::newRow(name) << content; };
        row("nothing", "{}");
        row("no size", QByteArray("{") + half + "}");
        row("a size of 0", QByteArray(R"({"size": 0, )") + half + "}");
        row("a negative size", QByteArray(R"({"size": -224, )") + half + "}");
        row("a size beyond all", QByteArray(R"({"size": 1000000, )") + half + "}");
        row("a size beyond 64 bits", QByteArray(R"({"size": 99999999999999999999999, )") + half + "}");
        row("a size that is no number", QByteArray(R"({"size": {"height": "224", "width": []}, )") + half + "}");
        row("no square", QByteArray(R"({"size": {"height": 224, "width": 192}, )") + half + "}");
        row("a crop larger than the picture",
            QByteArray(R"({"size": {"shortest_edge": 224}, "do_center_crop": true, "crop_size": 256, )") + half + "}");
        row("another filter", QByteArray(R"({"size": 224, "resample": 0, )") + half + "}");
        row("a filter that is no number", QByteArray(R"({"size": 224, "resample": {"a": 1}, )") + half + "}");
        row("other means", R"({"size": 224, "image_mean": [0, 0, 0], "image_std": [1, 1, 1]})");
        row("two means", R"({"size": 224, "image_mean": [0.5, 0.5], "image_std": [0.5, 0.5, 0.5]})");
        row("means that are no numbers", R"({"size": 224, "image_mean": ["0.5", null, {}], "image_std": 7})");
    }

    void passesOverPreprocessing()
    {
        QFETCH(const QByteArray, content);
        write("config.json", R"({"model_type": "vit"})");
        write("preprocessor_config.json", content);
        const ModelCompanions companions = readCompanions(checkpoint(), {}, true);
        QVERIFY(!companions.settings.contains("preprocessing"));
        QVERIFY(contains(companions.remarks, "preprocessor_config.json beside the model is not used"));
    }

    void readsConfigurations()
    {
        write("config.json", R"({"model_type": "dinov2", "num_attention_heads": 6, "use_swiglu_ffn": 1,
                                 "layer_norm_eps": null, "id2label": {"0": "Ant", "2": "Bee"}})");
        write("preprocessor_config.json",
              R"({"size": {"shortest_edge": 256}, "do_center_crop": true, "crop_size": {"height": 224, "width": 224},
                  "resample": 3, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]})");
        const ModelCompanions companions = readCompanions(checkpoint(), {}, true);
        QCOMPARE(companions.settings.dump(), std::string(R"({"num_heads":6,"preprocessing":"crop:256:224,bicubic"})"));
        QVERIFY(readCompanions(checkpoint(), {}, false).settings.empty());
    }

    void keepsBeside()
    {
        ModelSettings settings;
        settings.heads = 6;
        settings.preprocess = parsePreprocess("fixed:224,half");
        keepBeside(checkpoint(), settings);
        QCOMPARE(readCompanions(checkpoint(), {}, false).settings.dump(),
                 std::string(R"({"num_heads":6,"preprocessing":"fixed:224,half"})"));
        // What else somebody wrote there stays.
        write("model.safetensors.ocellus-model.json", R"({"class_names": ["Ant"], "num_heads": 3})");
        keepBeside(checkpoint(), settings);
        QCOMPARE(readCompanions(checkpoint(), {}, false).settings.dump(),
                 std::string(R"({"class_names":["Ant"],"num_heads":6,"preprocessing":"fixed:224,half"})"));
        write("model.safetensors.ocellus-model.json", "[");
        QCOMPARE(errorOf([&] { keepBeside(checkpoint(), settings); }), ErrorCode::Damaged);
        QCOMPARE(errorOf([&] { keepBeside(checkpoint().parent_path() / "none" / "model.pth", settings); }),
                 ErrorCode::Unreadable);
    }

private:
    std::filesystem::path checkpoint() const { return m_folder.filePath("model.safetensors").toStdString(); }

    void write(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestModelCompanions)
#include "test_model_companions.moc"
