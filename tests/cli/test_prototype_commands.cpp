// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/cli/cli_program.h"
#include "tests/support/npz_reader.h"
#include "tests/support/small_prototypes.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;

/// Models with prototypes by the command line: what they are, what their prototypes find, and what is refused.
class TestPrototypeCommands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        write("net.pth", test::wholeProtoPNet().file());
        write("tree.pth", test::wholeProtoTree().file());
        write("lost.pth", test::wholeProtoTree(false).file());
        write("former.pth", test::wholeFormer(true).file());
        write("concepts.pth", test::wholeConcepts().file());
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
        QTest::newRow("a limit of prototypes")
            << explain + QStringList{path("net.pth"), "--active", "0", "--mode", "drop"} << "no class queries to limit";
        QTest::newRow("a limit of a tree") << explain + QStringList{path("tree.pth"), "--active", "0", "--mode", "zero"}
                                           << "no class queries to limit";
        QTest::newRow("a tree without its map") << explain + QStringList{path("lost.pth")} << "for node 0, got none";
        QTest::newRow("a tree's weights alone")
            << QStringList{"convert", path("tree.pth"), "--out", path("tree.safetensors")}
            << "which node uses which prototype";
        QTest::newRow("gradients") << explain + QStringList{path("net.pth"), "--source", "gradcam"}
                                   << "do not run through prototypes";
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
        QVERIFY(families.contains("protopnet") && families.contains("prototree"));
        const CliResult net = runCli({"inspect", path("net.pth"), "--json"});
        QVERIFY2(net.exitCode == 0, qPrintable(net.errors.join('\n')));
        const QJsonObject model = QJsonDocument::fromJson(net.out.toUtf8()).object();
        QCOMPARE(model["family"].toString(), QString("protopnet"));
        QCOMPARE(model["maps"].toObject()["kind"].toString(), QString("prototypes"));
        const QJsonObject architecture = model["architecture"].toObject();
        QCOMPARE(architecture["prototype_shape"].toArray(), (QJsonArray{6, 4, 1, 1}));
        QCOMPARE(architecture["prototype_activation_function"].toString(), QString("log"));
        QCOMPARE(architecture["img_size"].toInt(), 16);
        const QString tree = runCli({"inspect", path("tree.pth")}).out;
        QVERIFY2(tree.contains("whole pickled object model.ProtoTree") && tree.contains("leaves              3"),
                 qPrintable(tree));
    }

    void convertsWithoutLoss()
    {
        QCOMPARE(runCli({"convert", path("net.pth"), "--out", path("net.safetensors")}).exitCode, 0);
        const auto architecture = [this](const QString& name) {
            const QString out = runCli({"inspect", path(name), "--json"}).out;
            return QJsonDocument::fromJson(out.toUtf8()).object()["architecture"].toObject();
        };
        QJsonObject converted = architecture("net.safetensors");
        converted["img_size"] = 16; // which the metadata tell as the size of pictures
        QCOMPARE(converted, architecture("net.pth"));
    }

    /// Points that cover the picture: every map hits.
    void countsWhatPrototypesPointAt_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("maps");
        QTest::newRow("a ProtoPNet") << "net.pth"
                                     << "prototypes";
        QTest::newRow("a ProtoTree") << "tree.pth"
                                     << "nodes";
    }

    void countsWhatPrototypesPointAt()
    {
        QFETCH(const QString, model);
        QFETCH(const QString, maps);
        QString points = "file,part,x,y\n";
        for (int c = 0; c < 3; ++c) {
            QVERIFY(QDir().mkpath(path(QString("birds/%1").arg(c))));
            QFile::copy(path("photo.png"), path(QString("birds/%1/a.png").arg(c)));
            for (int x = 5; x < 90; x += 10)
                for (int y = 5; y < 60; y += 10)
                    points += QString("%1/a.png,p%2_%3,%2,%3\n").arg(c).arg(x).arg(y);
        }
        write("points.csv", points.toStdString());
        const CliResult result =
            runCli({"evaluate", "--checkpoint", path(model), "--data", path("birds"), "--out", path("named-" + maps),
                    "--points", path("points.csv"), "--stability", "--json"});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const QJsonObject all = QJsonDocument::fromJson(result.out.toUtf8()).object();
        const QJsonObject pointing = all["pointing"].toArray().at(0).toObject();
        QCOMPARE(pointing["share"].toDouble(), 100.0);
        const QJsonObject consistency = all["consistency"].toArray().at(0).toObject();
        QCOMPARE(consistency["map"].toString(), maps);
        QCOMPARE(consistency["stability_interval"].toArray().size(), 2);
        QFile table(path("named-" + maps + "/consistency.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QString rows = table.readAll();
        QVERIFY2(rows.contains(maps == "nodes" ? ",node " : ",prototype "), qPrintable(rows));
        QVERIFY(!rows.contains(",head "));
    }

    void explainsPrototypes()
    {
        const CliResult result = runCli({"explain", "--checkpoint", path("net.pth"), "--image", path("photo.png"),
                                         "--query", "1,2", "--out", path("net")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const auto arrays = readNpz(path("net/photo.npz").toStdString());
        QVERIFY((arrays.at("scores").shape == std::vector<std::int64_t>{1, 2, 2, 4, 4}));
        QVERIFY((arrays.at("prototypes").values == std::vector<double>{2, 3, 4, 5}));
        QVERIFY((arrays.at("weight").shape == std::vector<std::int64_t>{2, 2}));
        QVERIFY(!arrays.contains("tree_path"));
        QVERIFY(QFile::exists(path("net/photo.png")));
    }

    void explainsATree()
    {
        const CliResult result =
            runCli({"explain", "--checkpoint", path("tree.pth"), "--image", path("photo.png"), "--out", path("tree")});
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors.join('\n')));
        const auto arrays = readNpz(path("tree/photo.npz").toStdString());
        QVERIFY((arrays.at("tree_nodes").values == std::vector<double>{0, 1, 4, 5, 6}));
        QCOMPARE(arrays.at("tree_path").values.front(), 0.0);
        QVERIFY((arrays.at("tree_greedy").shape == std::vector<std::int64_t>{3}));
    }

    void inspectsTransformers()
    {
        const auto model = [this](const QString& name) {
            return QJsonDocument::fromJson(runCli({"inspect", path(name), "--json"}).out.toUtf8()).object();
        };
        const QJsonObject former = model("former.pth");
        QCOMPARE(former["family"].toString(), QString("protopformer"));
        QCOMPARE(former["maps"].toObject()["kind"].toString(), QString("prototypes"));
        const QJsonObject kept = former["architecture"].toObject();
        QCOMPARE(kept["reserve_layers"].toArray(), QJsonArray{1});
        QCOMPARE(kept["reserve_token_nums"].toArray(), QJsonArray{9});
        QCOMPARE(kept["class_blocks"].toInt(), 2);
        QCOMPARE(kept["global_prototypes"].toInt(), 3);
        QVERIFY(former["assumed"].toArray().contains("global_coe"));
        const QJsonObject concepts = model("concepts.pth");
        QCOMPARE(concepts["family"].toString(), QString("concept-transformer"));
        QCOMPARE(concepts["maps"].toObject()["kind"].toString(), QString("concepts"));
        QCOMPARE(concepts["architecture"].toObject()["n_spatial_concepts"].toInt(), 4);
        QCOMPARE(runCli({"convert", path("former.pth"), "--out", path("former.safetensors")}).exitCode, 0);
        QCOMPARE(model("former.safetensors")["architecture"].toObject(), kept);
    }

    void explainsTransformers()
    {
        const auto arrays = [this](const QString& model) {
            const CliResult result = runCli({"explain", "--checkpoint", path(model + ".pth"), "--image",
                                             path("photo.png"), "--query", "0,2", "--out", path(model)});
            if (result.exitCode != 0)
                qFatal("%s", qPrintable(result.errors.join('\n')));
            return readNpz((path(model) + "/photo.npz").toStdString());
        };
        const auto former = arrays("former");
        QVERIFY((former.at("scores").shape == std::vector<std::int64_t>{1, 3, 2, 4, 4}));
        QVERIFY((former.at("prototypes").values == std::vector<double>{0, 1, 0, 4, 5, 2}));
        QVERIFY((former.at("global").values == std::vector<double>{0, 0, 1, 0, 0, 1}));
        QCOMPARE(former.at("kept").values.size(), std::size_t{9});
        QVERIFY((former.at("rollout").shape == std::vector<std::int64_t>{4, 4}));
        QVERIFY(!former.contains("cell_scores"));
        const auto concepts = arrays("concepts");
        QVERIFY((concepts.at("prototypes").values == std::vector<double>{0, 1, 2, 3, 0, 1, 0, 1, 2, 3, 0, 1}));
        QVERIFY((concepts.at("cell_scores").shape == std::vector<std::int64_t>{2, 4, 4}));
        QVERIFY(!concepts.contains("kept"));
    }

    void judgesAndNames()
    {
        QVERIFY(QDir().mkpath(path("data/a")) && QFile::copy(path("photo.png"), path("data/a/one.png")));
        write("classes.txt", "a\nb\nc\n");
        for (const char* model : {"former.pth", "concepts.pth"}) {
            const QString out = path(QString("judged-") + model);
            const CliResult judged = runCli({"evaluate", "--checkpoint", path(model), "--data", path("data"), "--out",
                                             out, "--classes", path("classes.txt")});
            QVERIFY2(judged.exitCode == 0, qPrintable(judged.errors.join('\n')));
            const CliResult named = runCli(
                {"predict", "--checkpoint", path(model), "--images", path("data/a"), "--out", out + "-named.csv"});
            QVERIFY2(named.exitCode == 0, qPrintable(named.errors.join('\n')));
        }
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }

    void write(const QString& name, const std::string& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(bytes)) > 0);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestPrototypeCommands)
#include "test_prototype_commands.moc"
