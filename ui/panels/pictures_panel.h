// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace ocellus {

class PictureFilterProxy;
class PictureListModel;
class RowChoice;

/// The open pictures: thumbnails with what the model says beside what the folder says. Rows are the model's.
class PicturesPanel : public QWidget {
    Q_OBJECT

public:
    /// The model must outlive the panel.
    explicit PicturesPanel(PictureListModel* model, QWidget* parent = nullptr);

    /// Selects a row without a signal; -1 selects none.
    void setCurrent(int row);
    int current() const;
    /// Chooses the next visible picture whose prediction is wrong.
    void chooseNextMisclassified();

signals:
    void pictureChosen(int row);
    void removalRequested(int row);
    void pageRequested(int row, int page); ///< of its file, from 1
    void pathsDropped(const QStringList& paths);
    void openPicturesRequested();
    void openFolderRequested();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* buildList();
    QWidget* buildEmptyPage();
    void updatePage();
    void updateCounts();
    void updatePageBox();

    PictureListModel* m_model;
    PictureFilterProxy* m_proxy;
    QStackedWidget* m_pages;
    QLineEdit* m_filter;
    QCheckBox* m_onlyWrong;
    QPushButton* m_next;
    QListView* m_view;
    RowChoice* m_choice;
    QLabel* m_counts;
    QSpinBox* m_page;
};

} // namespace ocellus
