// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>
#include <memory>

#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/data/sample.h"

using namespace ocellus;

namespace fs = std::filesystem;

namespace {

const char* const Files[] = {"butterflies.safetensors",
                             "pictures/Ant/0001.jpg",
                             "rings.csv",
                             "pairs/Dog.jpg",
                             "pairs/Dog.as.Emu.jpg",
                             "pairs/Dog.mask.png",
                             "pairs/Ant_formica.jpg",
                             "pairs/Ant_formica.as.Bee_apis.jpg",
                             "pairs/Ant_formica.mask.png"};

} // namespace

/// Files of the sample, by their names alone.
class TestSample : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        for (const char* file : Files) {
            fs::create_directories((m_folder / file).parent_path());
            std::ofstream(m_folder / file) << "content";
        }
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QStringList>("removed");
        QTest::addColumn<QString>("named");
        QTest::newRow("all") << QStringList{"butterflies.safetensors", "pictures", "rings.csv", "pairs"}
                             << "butterflies.safetensors";
        QTest::newRow("model") << QStringList{"butterflies.safetensors"} << "butterflies.safetensors";
        QTest::newRow("pictures") << QStringList{"pictures"} << "pictures";
        QTest::newRow("rings") << QStringList{"rings.csv"} << "rings.csv";
        QTest::newRow("folder of pairs") << QStringList{"pairs"} << "pairs";
        QTest::newRow("all pairs") << QStringList{"pairs/Dog.as.Emu.jpg", "pairs/Ant_formica.as.Bee_apis.jpg"}
                                   << "SPECIES.as.PARTNER.jpg";
        QTest::newRow("an original") << QStringList{"pairs/Dog.jpg"} << "Dog.jpg";
        QTest::newRow("a mask") << QStringList{"pairs/Ant_formica.mask.png"} << "Ant_formica.mask.png";
    }

    void saysWhatIsMissing()
    {
        QFETCH(const QStringList, removed);
        QFETCH(const QString, named);
        for (const QString& name : removed)
            fs::remove_all(m_folder / name.toStdString());
        try {
            findSample(m_folder);
            QFAIL("expected an error");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::NotFound);
            QVERIFY2(QString::fromUtf8(error.what()).contains(named), error.what());
        }
    }

    void findsAllOfIt()
    {
        const Sample sample = findSample(m_folder);
        QCOMPARE(sample.model, m_folder / "butterflies.safetensors");
        QCOMPARE(sample.pictures, m_folder / "pictures");
        QCOMPARE(sample.rings, m_folder / "rings.csv");
        QCOMPARE(sample.pairs.size(), std::size_t{2});
        const SamplePair& pair = sample.pairs.front();
        QCOMPARE(pair.species, std::string("Ant_formica"));
        QCOMPARE(pair.partner, std::string("Bee_apis"));
        QCOMPARE(pair.original, m_folder / "pairs/Ant_formica.jpg");
        QCOMPARE(pair.redrawn, m_folder / "pairs/Ant_formica.as.Bee_apis.jpg");
        QCOMPARE(pair.mask, m_folder / "pairs/Ant_formica.mask.png");
        QCOMPARE(sample.pairs.back().species, std::string("Dog"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(TestSample)
#include "test_sample.moc"
