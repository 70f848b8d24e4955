// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "ui/dataset/dataset_section.h"

class QLabel;
class QListView;

namespace ocellus {

class DatasetDocument;
class DatasetThumbnails;
class PictureSectionModel;

/// The pictures of one section as thumbnails under its name and count; others can be dropped on it.
class PictureSection : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the widget.
    PictureSection(DatasetSection section, const DatasetDocument& dataset, DatasetThumbnails& thumbnails,
                   QWidget* parent = nullptr);

    DatasetSection section() const { return m_section; }
    PictureSectionModel* model() const { return m_model; }
    QListView* view() const { return m_view; }

    /// Those that are chosen and still there stay chosen.
    void setPictures(std::vector<int> pictures);
    /// In the order of the view.
    std::vector<int> chosen() const;

signals:
    void chosenChanged();
    void opened(int picture); ///< double click, or Return
    void dropped(const std::vector<int>& pictures);

private:
    const DatasetSection m_section;
    PictureSectionModel* m_model;
    QLabel* m_title;
    QListView* m_view;
};

} // namespace ocellus
