// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>

#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include "core/dataset/dataset_file.h"
#include "tests/own_species/species_folder.h"
#include "ui/dataset/box_proposals.h"
#include "ui/dataset/dataset_document.h"
#include "ui/dataset/dataset_recovery.h"
#include "ui/engine/paths.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int patience = 60'000; ///< milliseconds

bool settle(const DatasetDocument& document)
{
    return QTest::qWaitFor([&] { return document.work() == DatasetDocument::Work::None; }, patience);
}

std::size_t countIn(const DatasetDocument& document, PictureSplit split)
{
    std::size_t sum = 0;
    for (const auto& counts : document.state().counts())
        sum += counts[static_cast<std::size_t>(split)];
    return sum;
}

} // namespace

Q_DECLARE_METATYPE(ocellus::DatasetStep)

/// The data set of the window: read and examined in the background, with steps that can be undone and nothing lost.
class TestDatasetDocument : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_document = std::make_unique<DatasetDocument>();
        m_folder = std::make_unique<SpeciesFolder>();
    }

    void whatCannotBeReadLeavesWhatIsThere_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no such folder") << "nowhere" << QByteArray();
        QTest::newRow("no table") << "notes.txt" << QByteArray("hello\nworld\n");
        QTest::newRow("a picture") << "ant/ant_0.png" << QByteArray();
        QTest::newRow("no data set") << "no.ocellus-dataset" << QByteArray("{}");
        QTest::newRow("deep") << "deep.ocellus-dataset" << QByteArray(100'000, '[');
        QTest::newRow("later version") << "late.ocellus-dataset"
                                       << QByteArray(R"({"format": "ocellus dataset", "schema": 99})");
    }

    void whatCannotBeReadLeavesWhatIsThere()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        QVERIFY(open());
        const Dataset before = m_document->dataset();
        if (!content.isEmpty())
            m_folder->add(name, content);
        QSignalSpy failed(m_document.get(), &DatasetDocument::failed);
        const std::filesystem::path path = toPath(m_folder->path(name));
        path.extension() == datasetExtension ? m_document->openFile(path) : m_document->openSources({path});
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        QVERIFY(!failed.first().first().value<Failure>().detail.isEmpty());
        QCOMPARE(m_document->work(), DatasetDocument::Work::None);
        QCOMPARE(m_document->dataset().pictures.size(), before.pictures.size());
        QVERIFY(!m_document->examination().pictures.empty());
    }

    void aFolderIsDividedAtFirst()
    {
        QVERIFY(open());
        QCOMPARE(m_document->state().classNames, (std::vector<std::string>{"ant", "bee"}));
        QVERIFY(countIn(*m_document, PictureSplit::Val) >= 2);
        QCOMPARE(m_document->state().undivided(), std::size_t{0});
        QVERIFY(!m_document->isUnsaved()); // nothing was decided yet
        m_document->undo();
        QCOMPARE(countIn(*m_document, PictureSplit::Val), std::size_t{0});
    }

    void oneThatHasASplitKeepsIt()
    {
        m_folder = std::make_unique<SpeciesFolder>(QStringList{"train/ant", "train/bee", "val/ant", "val/bee"}, 3);
        QVERIFY(open());
        QVERIFY(m_document->dataset().steps.empty());
        QCOMPARE(countIn(*m_document, PictureSplit::Val), std::size_t{6});
    }

    void stepsAreUndoneAndDoneAgain()
    {
        QVERIFY(open());
        QVERIFY(m_document->apply(MergeClasses{{"bee"}, "wasp"}));
        QVERIFY(m_document->apply(ExcludePictures{{0, 1}, "by hand"}));
        QVERIFY(m_document->isUnsaved());
        QVERIFY(m_document->undoText().contains("2 pictures"));
        m_document->undo();
        m_document->undo();
        QCOMPARE(m_document->state().classNames.back(), std::string("bee"));
        QVERIFY(!m_document->isUnsaved());
        m_document->redo();
        QCOMPARE(m_document->state().classNames.back(), std::string("wasp"));
        QVERIFY(m_document->apply(IncludePictures{{0}}));
        QVERIFY(!m_document->canRedo()); // what was undone does not come after another step
    }

    void whatIsImpossibleChangesNothing_data()
    {
        using Step = DatasetStep;
        QTest::addColumn<Step>("step");
        QTest::newRow("no such picture") << Step(ExcludePictures{{9999}, ""});
        QTest::newRow("no pictures") << Step(AssignSplit{{}, PictureSplit::Val});
        QTest::newRow("no such class") << Step(MergeClasses{{"wolf"}, "dog"});
        QTest::newRow("no name") << Step(MergeClasses{{"ant"}, ""});
        QTest::newRow("margin") << Step(CropToBoxes{true, 7});
    }

    void whatIsImpossibleChangesNothing()
    {
        QFETCH(const DatasetStep, step);
        QVERIFY(open());
        const std::size_t steps = m_document->dataset().steps.size();
        const std::uint64_t revision = m_document->revision();
        QSignalSpy failed(m_document.get(), &DatasetDocument::failed);
        QVERIFY(!m_document->apply(step));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(m_document->dataset().steps.size(), steps);
        QCOMPARE(m_document->revision(), revision);
    }

    void cancellingLeavesWhatWasThere()
    {
        QVERIFY(open());
        const SpeciesFolder other({"cat", "dog"});
        m_document->openSources({toPath(other.path())});
        QCOMPARE(m_document->work(), DatasetDocument::Work::Opening);
        m_document->cancel();
        QCOMPARE(m_document->work(), DatasetDocument::Work::None);
        QCoreApplication::processEvents();
        QCOMPARE(m_document->state().classNames.front(), std::string("ant"));
    }

    void aCancelledExaminationIsMadeUpFor()
    {
        QSignalSpy replaced(m_document.get(), &DatasetDocument::replaced);
        m_document->openSources({toPath(m_folder->path())});
        QTRY_COMPARE_WITH_TIMEOUT(replaced.count(), 1, patience);
        m_document->cancel();
        QVERIFY(!m_document->isEmpty());
        m_document->examineAgain();
        QVERIFY(settle(*m_document));
        QCOMPARE(m_document->examination().pictures.size(), m_document->dataset().pictures.size());
        QVERIFY(countIn(*m_document, PictureSplit::Val) > 0);
    }

    void theNewestFolderWins()
    {
        const SpeciesFolder other({"cat", "dog", "eel"});
        QSignalSpy replaced(m_document.get(), &DatasetDocument::replaced);
        m_document->openSources({toPath(m_folder->path())});
        QTRY_COMPARE_WITH_TIMEOUT(replaced.count(), 1, patience); // while it is examined
        m_document->openSources({toPath(other.path())});
        QVERIFY(settle(*m_document));
        QCOMPARE(m_document->state().classNames.size(), std::size_t{3});
        QCOMPARE(m_document->examination().pictures.size(), m_document->dataset().pictures.size());
    }

    void whoGoesOnDecidingKeepsWhatIsThere()
    {
        QVERIFY(open());
        const SpeciesFolder other({"cat", "dog"});
        m_document->openSources({toPath(other.path())});
        QVERIFY(m_document->apply(ExcludePictures{{0}, "by hand"}));
        QVERIFY(settle(*m_document));
        QCoreApplication::processEvents();
        QCOMPARE(m_document->state().classNames.front(), std::string("ant"));
        QVERIFY(m_document->isUnsaved());
    }

    void stepsDuringTheExaminationStay()
    {
        QSignalSpy replaced(m_document.get(), &DatasetDocument::replaced);
        m_document->openSources({toPath(m_folder->path())});
        QTRY_COMPARE_WITH_TIMEOUT(replaced.count(), 1, patience);
        QVERIFY(m_document->apply(ExcludePictures{{3}, "by hand"}));
        QVERIFY(settle(*m_document));
        QVERIFY(!m_document->state().members[3].takesPart());
        QVERIFY(m_document->isUnsaved());
        QVERIFY(m_document->dataset().pictures[0].size.width > 0);
    }

    void aFurtherFolderKeepsTheSteps()
    {
        QVERIFY(open());
        QVERIFY(m_document->apply(MergeClasses{{"bee"}, "wasp"}));
        const SpeciesFolder other({"cat"}, 5);
        m_document->addSources({toPath(other.path())});
        QVERIFY(settle(*m_document));
        QCOMPARE(m_document->state().classNames, (std::vector<std::string>{"ant", "cat", "wasp"}));
        QCOMPARE(m_document->dataset().sources.size(), std::size_t{2});
        QCOMPARE(m_document->examination().pictures.size(), m_document->dataset().pictures.size());
    }

    void aFurtherFolderIsDividedToo()
    {
        QVERIFY(open());
        const SpeciesFolder other({"cat"}, 12);
        m_document->addSources({toPath(other.path())});
        QVERIFY(settle(*m_document));
        QCOMPARE(m_document->state().undivided(), std::size_t{0});
        QVERIFY(!m_document->isUnsaved());
        for (const auto& counts : m_document->state().counts())
            QVERIFY(counts[1] > 0 && counts[2] > 0);
    }

    void whatIsSavedWhileAFolderIsReadHasItsFile()
    {
        QVERIFY(open());
        QVERIFY(m_document->apply(ExcludePictures{{2}, "by hand"}));
        const SpeciesFolder other({"cat"}, 5);
        m_document->addSources({toPath(other.path())});
        const std::filesystem::path file = toPath(m_folder->path("mine.ocellus-dataset"));
        QVERIFY(m_document->save(file));
        QVERIFY(settle(*m_document));
        QCOMPARE(m_document->file(), file);
        QVERIFY(m_document->isUnsaved()); // it lacks the folder
    }

    void proposalsReplaceNothing()
    {
        for (int i = 0; i < 3; ++i)
            m_folder->add(QStringLiteral("bee/plain_%1.png").arg(i), onPlainGround(i));
        QVERIFY(open());
        BoxProposals proposals(*m_document);
        proposals.start();
        QTRY_VERIFY_WITH_TIMEOUT(!proposals.isRunning(), patience);
        std::vector<int> proposed;
        for (int i = 0; i < static_cast<int>(m_document->state().members.size()); ++i)
            if (proposals.at(i))
                proposed.push_back(i);
        QVERIFY(proposed.size() >= 2);
        const PixelBox own{1, 2, 8, 9};
        QVERIFY(m_document->apply(AssignBoxes{{proposed[0]}, {own}}));
        QVERIFY(m_document->apply(ExcludePictures{{proposed[1]}, "by hand"}));
        QCOMPARE(proposals.count(), proposed.size() - 2);
        proposals.acceptAll();
        const auto& members = m_document->state().members;
        QCOMPARE(members[static_cast<std::size_t>(proposed[0])].box, std::optional(own));
        QVERIFY(!members[static_cast<std::size_t>(proposed[1])].box);
    }

    void whatIsSavedComesBack()
    {
        QVERIFY(open());
        QVERIFY(m_document->apply(ExcludePictures{{2}, "by hand"}));
        const std::filesystem::path file = toPath(m_folder->path("mine.ocellus-dataset"));
        QVERIFY(m_document->save(file));
        QVERIFY(!m_document->isUnsaved());
        DatasetDocument again;
        again.openFile(file);
        QVERIFY(settle(again));
        QCOMPARE(again.dataset().steps.size(), m_document->dataset().steps.size());
        QCOMPARE(again.file(), file);
        QVERIFY(!again.isUnsaved());
        again.undo(); // below what the file has
        QVERIFY(again.isUnsaved());
        QVERIFY(again.apply(ExcludePictures{{5}, "by hand"})); // as many steps as the file has, but others
        QVERIFY(again.isUnsaved());
    }

    void whatCannotBeWrittenStaysUnsaved()
    {
        QVERIFY(open());
        QVERIFY(m_document->apply(ExcludePictures{{2}, "by hand"}));
        QSignalSpy failed(m_document.get(), &DatasetDocument::failed);
        QVERIFY(!m_document->save(toPath(m_folder->path("no/such/folder/mine.ocellus-dataset"))));
        QCOMPARE(failed.count(), 1);
        QVERIFY(m_document->isUnsaved());
        QVERIFY(m_document->file().empty());
    }

    void whatAnEarlierProgramLeftGoesWhenItIsKeptAgain_data()
    {
        QTest::addColumn<qint64>("process");
        QTest::newRow("gone") << qint64{999'999'999};
        QTest::newRow("another program's number") << qint64{0};
        QTest::newRow("our number") << QCoreApplication::applicationPid();
    }

    void whatAnEarlierProgramLeftGoesWhenItIsKeptAgain()
    {
        QFETCH(const qint64, process);
        QVERIFY(open());
        const QTemporaryDir folder;
        QProcess other;
        other.start(QStringLiteral("sleep"), {QStringLiteral("600")});
        QVERIFY(other.waitForStarted());
        const auto end = qScopeGuard([&other] {
            other.kill();
            other.waitForFinished();
        });
        const QString name =
            QStringLiteral("dataset-%1.ocellus-dataset").arg(process > 0 ? process : other.processId());
        const std::filesystem::path left = toPath(folder.filePath(name));
        m_document->writeCopy(left);
        DatasetRecovery recovery(*m_document, toPath(folder.path()));
        QCOMPARE(recovery.found(), std::vector<std::filesystem::path>{left});
        recovery.restore(left);
        m_document->cancel();
        QVERIFY(open()); // another data set, which is no reason
        QCOMPARE(recovery.found(), std::vector<std::filesystem::path>{left});
        QSignalSpy changed(&recovery, &DatasetRecovery::changed);
        recovery.restore(left);
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, patience);
        QVERIFY(recovery.found().empty());
        QVERIFY(m_document->isUnsaved());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1); // the new copy
    }

    void problemsFollowTheExaminationAndTheSteps()
    {
        m_folder->add("ant/broken.png", QByteArray("no picture"));
        QVERIFY(open());
        const auto unreadable = [this] {
            return std::ranges::find(m_document->problems(), ProblemKind::Unreadable, &DatasetProblem::kind);
        };
        QVERIFY(unreadable() != m_document->problems().end());
        QVERIFY(m_document->apply(*unreadable()->remedy));
        QVERIFY(unreadable() == m_document->problems().end());
        m_document->undo();
        QVERIFY(unreadable() != m_document->problems().end());
    }

private:
    static QImage onPlainGround(int number)
    {
        QImage image(80, 80, QImage::Format_RGB32);
        image.fill(QColor(235, 235, 235));
        for (int y = 25; y < 55 + number; ++y)
            for (int x = 20; x < 60 - number; ++x)
                image.setPixelColor(x, y, QColor(120 - number, 40, 30));
        return image;
    }

    bool open()
    {
        m_document->openSources({toPath(m_folder->path())});
        return settle(*m_document) && !m_document->isEmpty();
    }

    std::unique_ptr<DatasetDocument> m_document;
    std::unique_ptr<SpeciesFolder> m_folder;
};

QTEST_MAIN(TestDatasetDocument)
#include "test_dataset_document.moc"
