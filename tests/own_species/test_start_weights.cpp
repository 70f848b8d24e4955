// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/io/atomic_file.h"
#include "core/io/safetensors_writer.h"
#include "core/train/start_weights.h"
#include "tests/support/error_of.h"
#include "tests/support/memory_source.h"

using namespace ocellus;

/// Files of weights are told apart by their tensors' names, before a run is begun with them.
class TestStartWeights : public QObject {
    Q_OBJECT

private slots:
    void init() { QFile::remove(m_folder.filePath("weights.safetensors")); }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("no such file") << QByteArray() << QStringList();
        QTest::newRow("text") << QByteArray("hello, hello, hello") << QStringList();
        QTest::newRow("other tensors") << QByteArray() << QStringList{"a.weight", "b.weight"};
        QTest::newRow("a ResNet of another depth")
            << QByteArray()
            << QStringList{"conv1.weight", "layer1.0.conv1.weight", "layer1.0.conv3.weight", "layer3.0.conv1.weight",
                           "layer3.1.conv1.weight"};
        QTest::newRow("a short MobileNet") << QByteArray() << QStringList{"features.0.0.weight"};
    }

    void refuses()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QStringList, names);
        if (!content.isEmpty())
            writeFileAtomically(file(), content.toStdString());
        else if (!names.isEmpty())
            write(names);
        QString message;
        QVERIFY(errorOf([this] { readStartWeights(file()); }, &message));
        QVERIFY(!message.isEmpty());
    }

    void tells_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("backbone");
        QTest::addColumn<bool>("isWhole");
        const auto resnet = [](const QString& prefix, int blocks, bool hasBottlenecks) {
            QStringList names{prefix + "conv1.weight", prefix + "layer1.0.conv1.weight"};
            if (hasBottlenecks)
                names << prefix + "layer1.0.conv3.weight";
            for (int i = 0; i < blocks; ++i)
                names << prefix + QStringLiteral("layer3.%1.conv1.weight").arg(i);
            return names;
        };
        QTest::newRow("MobileNetV2") << QStringList{"features.0.0.weight", "features.17.conv.0.0.weight"}
                                     << "mobilenet_v2" << false;
        QTest::newRow("ResNet-18") << resnet("", 2, false) << "resnet18" << false;
        QTest::newRow("ResNet-34") << resnet("", 6, false) << "resnet34" << false;
        QTest::newRow("ResNet-50") << resnet("", 6, true) << "resnet50" << false;
        QTest::newRow("ResNet-101") << resnet("", 23, true) << "resnet101" << false;
        QTest::newRow("DETR") << resnet("backbone.0.body.", 6, true) +
                                     QStringList{"input_proj.weight", "query_embed.weight"}
                              << "resnet50" << true;
    }

    void tells()
    {
        QFETCH(const QStringList, names);
        QFETCH(const QString, backbone);
        QFETCH(const bool, isWhole);
        write(names);
        const StartWeights known = readStartWeights(file());
        QCOMPARE(known.backbone, backbone.toStdString());
        QCOMPARE(known.kind == StartWeights::Kind::Whole, isWhole);
    }

private:
    std::filesystem::path file() const { return m_folder.filePath("weights.safetensors").toStdString(); }

    void write(const QStringList& names) const
    {
        std::map<std::string, MemorySource::Values> tensors;
        for (const QString& name : names)
            tensors[name.toStdString()] = {{2, 2}, {1, 2, 3, 4}};
        writeSafetensors(file(), MemorySource(tensors), DType::Float32);
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestStartWeights)
#include "test_start_weights.moc"
