// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QToolBar;

namespace ocellus {

class BoxProposals;
class CropEditor;
class DatasetClassList;
class DatasetDocument;
class DatasetFiles;
class DatasetRecovery;
class ElidedLabel;
class OpenOffer;
class PictureSections;
class ProblemList;
class Settings;

/// What the data set holds, what is wrong with it, and what is decided about it.
class DatasetPage : public QWidget {
    Q_OBJECT

public:
    /// All of them must outlive the page.
    DatasetPage(DatasetDocument& dataset, Settings& settings, AskForFiles ask, QWidget* parent = nullptr);

    DatasetFiles* files() const { return m_files; }
    DatasetClassList* classes() const { return m_classes; }
    PictureSections* pictures() const { return m_pictures; }
    CropEditor* cropEditor() const { return m_editor; }

signals:
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    template <typename Object>
    QAction* addAction(const QString& text, const QString& icon, const QString& tip, Object* object,
                       void (Object::*does)());
    void addActions();
    QWidget* makeProgress();
    QWidget* makeBody();
    QWidget* makeMiddle();
    void connectParts();
    void restore();
    void drawBoxes();
    void edit(int picture);
    void showAll();
    void follow();
    void followWork();
    QAction* actionOf(const QKeyEvent& event) const;
    QString summary() const;

    DatasetDocument& m_dataset;
    DatasetFiles* m_files;
    DatasetRecovery* m_recovery;
    BoxProposals* m_proposals;
    QToolBar* m_bar;
    ElidedLabel* m_summary;
    QWidget* m_progressRow = nullptr;
    QLabel* m_doing = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_again = nullptr;
    OpenOffer* m_offer;
    QWidget* m_body = nullptr;
    DatasetClassList* m_classes = nullptr;
    QStackedWidget* m_middle = nullptr;
    QWidget* m_shownOnly = nullptr; ///< says that a problem's pictures alone are shown
    PictureSections* m_pictures = nullptr;
    CropEditor* m_editor = nullptr;
    QTabWidget* m_tabs = nullptr;
    ProblemList* m_problems = nullptr;
    QAction* m_openFolder = nullptr;
    QAction* m_openTable = nullptr;
    QAction* m_openFile = nullptr;
    QAction* m_more = nullptr;
    QAction* m_save = nullptr;
    QAction* m_saveAs = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_restore = nullptr;
};

} // namespace ocellus
