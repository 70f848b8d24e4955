// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include <QWidget>

#include "ui/dataset/dataset_section.h"

class QMenu;
class QSplitter;

namespace ocellus {

class DatasetDocument;
class DatasetThumbnails;
class PictureSection;

/// The pictures of the chosen classes, or those of a problem, in a section for each thing they can be for; they are
/// moved by dragging, by the menu and by keys.
class PictureSections : public QWidget {
    Q_OBJECT

public:
    /// `dataset` must outlive the widget.
    explicit PictureSections(DatasetDocument& dataset, QWidget* parent = nullptr);

    /// Of these classes alone; none: of all.
    void setClasses(std::set<std::string> names);
    /// These alone, whatever class they are of; nothing ends that.
    void setPictures(std::optional<std::vector<int>> pictures);

    /// Of all sections, ascending.
    std::vector<int> chosen() const;
    /// In the order of the sections.
    std::vector<int> shown() const;
    PictureSection* section(DatasetSection section) const { return m_sections.at(section); }

    /// What a picture is for; LeftOut leaves it out, any other takes it back in.
    void move(const std::vector<int>& pictures, DatasetSection section);

signals:
    void opened(int picture);

private:
    void addActions();
    QAction* addAction(const QString& text, const QKeySequence& keys, DatasetSection section);
    void follow();
    void showMenu(const PictureSection& section, QPoint place);
    void fillClasses(QMenu& menu, const std::vector<int>& pictures);

    DatasetDocument& m_dataset;
    DatasetThumbnails* m_thumbnails;
    QSplitter* m_splitter;
    std::map<DatasetSection, PictureSection*> m_sections;
    std::set<std::string> m_classes;
    std::optional<std::vector<int>> m_only;
};

} // namespace ocellus
