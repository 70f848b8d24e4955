// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <functional>
#include <memory>

#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/error_of.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/engine/prediction_queue.h"
#include "ui/engine/prediction_store.h"

using namespace ocellus;

namespace {

namespace fs = std::filesystem;

constexpr int Patience = 60'000;
constexpr ContentKey modelKey{1, 2};
constexpr ContentKey pictureKey{3, 4};
constexpr ContentKey otherKey{5, 6};
const Prediction Answer{7, 0.5F, -3.25, 9.5};

} // namespace

/// What models said of pictures, kept until the next start.
class TestPredictionStore : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = toPath(m_scratch->filePath(QStringLiteral("kept/predictions")));
    }

    void passesOverWhatIsNotSound_data()
    {
        QTest::addColumn<std::function<void(QFile&)>>("spoil");
        QTest::addColumn<bool>("firstIsLeft");
        const auto row = [](const char* name, bool firstIsLeft, const std::function<void(QFile&)>& spoil) {
            QTest::newRow(name) << spoil << firstIsLeft;
        };
        const auto flip = [](qint64 at) {
            return [at](QFile& file) {
                file.seek(at);
                const QByteArray byte = file.read(1);
                file.seek(at);
                file.write(QByteArray(1, static_cast<char>(byte[0] ^ 0x40)));
            };
        };
        row("empty", false, [](QFile& file) { file.resize(0); });
        row("cut within the first", false, [](QFile& file) { file.resize(47); });
        row("cut within the second", true, [](QFile& file) { file.resize(95); });
        row("no records", false, [](QFile& file) {
            file.resize(0);
            file.write(QByteArray(4'000, 'x'));
        });
        row("another picture", false, flip(3));
        row("another energy", false, flip(20));
        row("another logit", false, flip(28));
        row("another probability", false, flip(35));
        row("another class", false, flip(36));
        row("another check", false, flip(44));
        row("the second is another", true, flip(80));
    }

    void passesOverWhatIsNotSound()
    {
        QFETCH(const std::function<void(QFile&)>, spoil);
        QFETCH(const bool, firstIsLeft);
        {
            PredictionStore store(m_folder);
            store.keep(modelKey, pictureKey, Answer);
            store.keep(modelKey, otherKey, Answer);
        }
        const QString path = QDir(toQString(m_folder)).filePath(onlyFile());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        spoil(file);
        file.close();

        PredictionStore store(m_folder);
        QCOMPARE(store.find(modelKey, pictureKey, 10).has_value(), firstIsLeft);
        store.keep(modelKey, {8, 9}, Answer); // behind what was damaged
        PredictionStore again(m_folder);
        QVERIFY(again.find(modelKey, {8, 9}, 10) == Answer);
        QCOMPARE(again.find(modelKey, pictureKey, 10).has_value(), firstIsLeft);
    }

    void doesWithoutAFolder_data()
    {
        QTest::addColumn<fs::path>("folder");
        QTest::newRow("none") << fs::path();
        QTest::newRow("below a file") << fs::path("/proc/version/predictions");
    }

    void doesWithoutAFolder()
    {
        QFETCH(const fs::path, folder);
        PredictionStore store(folder);
        store.keep(modelKey, pictureKey, Answer);
        QVERIFY(!PredictionStore(folder).find(modelKey, pictureKey, 10));
    }

    void knowsModelsAndPicturesApart()
    {
        PredictionStore store(m_folder);
        store.keep(modelKey, pictureKey, Answer);
        QVERIFY(!store.find(modelKey, otherKey, 10));
        QVERIFY(!store.find({2, 1}, pictureKey, 10));
        QVERIFY(store.find(modelKey, pictureKey, 10) == Answer);
        QVERIFY2(!store.find(modelKey, pictureKey, 7), "the model has no such class");
    }

    void keepsTheModelsUsedLast()
    {
        PredictionStore store(m_folder);
        for (std::uint64_t model = 0; model < PredictionStore::ModelsKept + 5; ++model)
            store.keep({model, 0}, pictureKey, Answer);
        QCOMPARE(QDir(toQString(m_folder)).entryList(QDir::Files).size(),
                 static_cast<qsizetype>(PredictionStore::ModelsKept));
    }

    void aFileIsKnownByItsContent()
    {
        QVERIFY(errorOf([this] { keyOfFile(m_folder / "gone.png"); }));
        fs::create_directories(m_folder);
        QCOMPARE(::mkfifo((m_folder / "pipe.png").c_str(), 0600), 0);
        QVERIFY(errorOf([this] { keyOfFile(m_folder / "pipe.png"); })); // and at once
        const auto write = [this](const char* name, const std::string& content) {
            std::ofstream(m_folder / name, std::ios::binary) << content;
            return m_folder / name;
        };
        const std::string large((std::size_t{1} << 20) + 5, 'a');
        const ContentKey key = keyOfFile(write("one", large));
        QVERIFY(key == keyOfFile(write("moved", large)));
        QVERIFY(key != keyOfFile(write("longer", large + 'a')));
        QVERIFY(key != keyOfFile(write("other", 'b' + large.substr(1))));
        const ContentKey whole = keyOfFile(write("x.tif", "x"));
        QVERIFY(whole != keyOfFile(m_folder / "x.tif[2]"));
    }

    void theNextStartAsksForNothingAgain()
    {
        WindowFixture fixture;
        const auto ask = [&](const QStringList& pictures, std::int64_t passes, QList<Prediction>& answers) {
            EngineController controller;
            PredictionQueue queue(controller, m_folder);
            QSignalSpy predicted(&queue, &PredictionQueue::predicted);
            QSignalSpy ready(&controller, &EngineController::viewReady);
            controller.request(requestOf(fixture, fixture.picture(0)));
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, Patience);
            for (const QString& picture : pictures)
                queue.add(requestOf(fixture, picture));
            QTRY_COMPARE_WITH_TIMEOUT(predicted.count(), static_cast<int>(pictures.size()), Patience);
            for (const QList<QVariant>& arguments : predicted)
                answers << arguments.at(1).value<Prediction>();
            controller.request(requestOf(fixture, fixture.picture(0)));
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, Patience);
            QCOMPARE(ready.last().first().value<ViewResult>().counters.encodes, passes);
        };
        QList<Prediction> first, second;
        ask({fixture.picture(1), fixture.picture(2)}, 3, first);
        const QString moved = m_scratch->filePath(QStringLiteral("moved.png"));
        QVERIFY(QFile::copy(fixture.picture(1), moved));
        ask({moved, fixture.picture(2)}, 1, second);
        QCOMPARE(second, first);
    }

private:
    static ViewRequest requestOf(const WindowFixture& fixture, const QString& picture)
    {
        ViewRequest request;
        request.engine.device = "cpu";
        request.checkpoint = toPath(fixture.checkpoint());
        request.picture = toPath(picture);
        request.preprocess = {64, 128};
        return request;
    }

    QString onlyFile() const { return QDir(toQString(m_folder)).entryList(QDir::Files).value(0); }

    std::unique_ptr<QTemporaryDir> m_scratch;
    fs::path m_folder;
};

QTEST_MAIN(TestPredictionStore)
#include "test_prediction_store.moc"
