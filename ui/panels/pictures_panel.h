// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/models/picture_listing.h"

class QAbstractItemView;
class QAction;
class QActionGroup;
class QLineEdit;
class QListView;
class QSpinBox;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace ocellus {

class ElidedLabel;
class PictureDelegate;
class PictureFilterProxy;
class PictureListModel;
class RowChoice;
class ViewNotice;

/// The open pictures, as a filmstrip or as a list: thumbnails with what the model says beside what the folder says.
/// Rows are the model's.
class PicturesPanel : public QWidget {
    Q_OBJECT

public:
    /// The model must outlive the panel.
    explicit PicturesPanel(PictureListModel* model, QWidget* parent = nullptr);

    /// Selects a row without a signal; -1 selects none.
    void setCurrent(int row);
    int current() const;
    /// Chooses the next visible picture whose prediction is wrong, in the order that is shown.
    void chooseNextMisclassified();
    /// The neighbour in the order that is shown: 1 is the next, -1 the one before.
    void chooseNeighbour(int by);

    /// Without a signal.
    void setListing(const PictureListing& listing);
    const PictureListing& listing() const { return m_listing; }
    /// For a menu too: the filmstrip, then the orders, then the groups.
    QList<QAction*> listingActions() const;

    QAbstractItemView* list() const;
    /// How far the classifying is, to stand beside the counts; the panel owns it.
    void setProgress(QWidget* progress);

signals:
    void pictureChosen(int row);
    void listingChanged(const ocellus::PictureListing& listing);
    void removalRequested(int row);
    void pageRequested(int row, int page); ///< of its file, from 1
    void pathsDropped(const QStringList& paths);
    void openPicturesRequested();
    void openFolderRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildControls();
    void buildView();
    void buildListing();
    void connectControls();
    void arrange();
    void fitStrip();
    void applyListing();
    void readListing();
    void choose(int row);
    QWidget* buildEmptyPage();
    void updatePage();
    void updateCounts();
    void updateNotice();
    void showAll();
    void updatePageBox();

    PictureListModel* m_model;
    PictureFilterProxy* m_proxy;
    QStackedWidget* m_pages;
    QLineEdit* m_filter;
    QToolButton* m_onlyWrong;
    QToolButton* m_next;
    QToolButton* m_sort;
    QToolButton* m_asStrip;
    QAction* m_strip;
    QActionGroup* m_orders;
    QAction* m_group;
    QListView* m_view;
    PictureDelegate* m_delegate;
    ViewNotice* m_notice;
    QWidget* m_listPage;
    QWidget* m_progress = nullptr;
    PictureListing m_listing;
    RowChoice* m_choice;
    ElidedLabel* m_counts;
    QSpinBox* m_page;
};

} // namespace ocellus
