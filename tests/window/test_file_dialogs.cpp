// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

#include "ui/files/file_dialogs.h"

using namespace ocellus;

/// The real file dialogs on real files: no key in them may harm those.
class TestFileDialogs : public QObject {
    Q_OBJECT

    QWidget m_window;

    QFileDialog* dialog() { return m_window.findChild<QFileDialog*>(); }

private slots:
    void deleteNothing_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("view");
        const std::pair<const char*, FileQuestion::Kind> kinds[] = {{"file", FileQuestion::Kind::OpenFile},
                                                                    {"files", FileQuestion::Kind::OpenFiles},
                                                                    {"folder", FileQuestion::Kind::OpenFolder},
                                                                    {"save", FileQuestion::Kind::Save}};
        for (const auto& [name, kind] : kinds)
            for (const char* view : {"listView", "treeView"})
                QTest::addRow("%s, %s", name, view) << static_cast<int>(kind) << QString::fromLatin1(view);
    }

    void deleteNothing()
    {
        QFETCH(const int, kind);
        QFETCH(const QString, view);
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(QStringLiteral("photos/inside"));
        QFile(folder.filePath(QStringLiteral("photos/a.png"))).open(QIODevice::WriteOnly);
        QFile(folder.filePath(QStringLiteral("b.png"))).open(QIODevice::WriteOnly);
        m_window.show();
        askWithDialog(
            &m_window,
            {static_cast<FileQuestion::Kind>(kind), QStringLiteral("Test"), folder.path(), {}, QStringLiteral("x")},
            [](const QStringList&) {});
        QTRY_VERIFY(dialog() && dialog()->isVisible());
        dialog()->setViewMode(view == QStringLiteral("listView") ? QFileDialog::List : QFileDialog::Detail);
        auto* list = dialog()->findChild<QAbstractItemView*>(view);
        QTRY_VERIFY(list->model()->rowCount(list->rootIndex()) >= 1);
        // Whoever is asked whether to delete says yes.
        QTimer yes;
        connect(&yes, &QTimer::timeout, this, [this] {
            for (QMessageBox* box : m_window.findChildren<QMessageBox*>())
                if (auto* button = box->button(QMessageBox::Yes))
                    button->click();
        });
        yes.start(10);
        for (int row = 0; row < list->model()->rowCount(list->rootIndex()); ++row) {
            const QModelIndex index = list->model()->index(row, 0, list->rootIndex());
            list->setFocus();
            list->setCurrentIndex(index);
            QTest::keyClick(list, Qt::Key_Delete);
            QTest::keyClick(list, Qt::Key_F2);
            QVERIFY(!list->findChild<QLineEdit*>()); // to rename it
        }
        QCOMPARE(list->contextMenuPolicy(), Qt::NoContextMenu);
        QCOMPARE(list->dragDropMode(), QAbstractItemView::NoDragDrop);
        for (const QAction* action : dialog()->findChildren<QAction*>())
            QVERIFY2(!action->shortcuts().contains(QKeySequence(Qt::Key_Delete)), qPrintable(action->objectName()));
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 (QStringList{QStringLiteral("b.png"), QStringLiteral("photos")}));
        QVERIFY(QDir(folder.filePath(QStringLiteral("photos/inside"))).exists());
        delete dialog();
    }

    void onlyTheOneThatSavesMakesFolders_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("canMake");
        QTest::newRow("open") << static_cast<int>(FileQuestion::Kind::OpenFile) << false;
        QTest::newRow("folder") << static_cast<int>(FileQuestion::Kind::OpenFolder) << false;
        QTest::newRow("save") << static_cast<int>(FileQuestion::Kind::Save) << true;
    }

    void onlyTheOneThatSavesMakesFolders()
    {
        QFETCH(const int, kind);
        QFETCH(const bool, canMake);
        QTemporaryDir folder;
        m_window.show();
        askWithDialog(
            &m_window,
            {static_cast<FileQuestion::Kind>(kind), QStringLiteral("Test"), folder.path(), {}, QStringLiteral("x")},
            [](const QStringList&) {});
        QTRY_VERIFY(dialog() && dialog()->isVisible());
        auto* button = dialog()->findChild<QToolButton*>(QStringLiteral("newFolderButton"));
        QVERIFY(button);
        if (canMake)
            QTRY_VERIFY(button->isEnabled() && button->isVisible());
        button->click();
        QCOMPARE(QDir(folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), canMake ? 1 : 0);
        delete dialog();
    }

    void theNameFollowsTheKindOfFile_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::newRow("nothing typed") << QString() << "figure.svg";
        QTest::newRow("without an ending") << "bird"
                                           << "bird.svg";
        QTest::newRow("of another kind") << "bird.pdf"
                                         << "bird.svg";
    }

    void theNameFollowsTheKindOfFile()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, name);
        QTemporaryDir folder;
        m_window.show();
        QStringList answered;
        askWithDialog(&m_window,
                      {FileQuestion::Kind::Save, QStringLiteral("Test"), folder.path(),
                       QStringLiteral("PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"), QStringLiteral("figure.png")},
                      [&answered](const QStringList& paths) { answered = paths; });
        QTRY_VERIFY(dialog() && dialog()->isVisible());
        auto* edit = dialog()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        if (!typed.isEmpty())
            edit->setText(typed);
        auto* kinds = dialog()->findChild<QComboBox*>(QStringLiteral("fileTypeCombo"));
        kinds->setFocus();
        QTest::keyClick(kinds, Qt::Key_Down);
        QCOMPARE(QFileInfo(edit->text()).fileName(), name);
        delete dialog();
    }

    void whatIsSavedGoesWhereItCan()
    {
        const QString gone = QDir::tempPath() + QStringLiteral("/no such folder");
        m_window.show();
        askWithDialog(&m_window, {FileQuestion::Kind::Save, QStringLiteral("Test"), gone, {}, QStringLiteral("x")},
                      [](const QStringList&) {});
        QTRY_VERIFY(dialog() && dialog()->isVisible());
        const QStringList places{QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation), QDir::homePath()};
        QVERIFY2(places.contains(dialog()->directory().path()), qPrintable(dialog()->directory().path()));
        delete dialog();
    }

    void whoGivesUpIsNotCalledBack()
    {
        QTemporaryDir folder;
        m_window.show();
        int calls = 0;
        askWithDialog(&m_window,
                      {FileQuestion::Kind::Save, QStringLiteral("Test"), folder.path(), {}, QStringLiteral("x")},
                      [&calls](const QStringList&) { ++calls; });
        QTRY_VERIFY(dialog() && dialog()->isVisible());
        dialog()->reject();
        QTRY_VERIFY(!dialog());
        QCOMPARE(calls, 0);
    }
};

QTEST_MAIN(TestFileDialogs)
#include "test_file_dialogs.moc"
