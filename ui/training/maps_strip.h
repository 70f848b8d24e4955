// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include <QImage>
#include <QScrollArea>

namespace ocellus {

/// The maps of the watched pictures over time: a row an epoch, a column a picture.
class MapsStrip : public QScrollArea {
    Q_OBJECT

public:
    explicit MapsStrip(QWidget* parent = nullptr);

    /// PNGs, an epoch each, by the number in their names.
    void setMaps(const std::vector<std::filesystem::path>& maps);
    bool isEmpty() const { return m_shown.empty(); }
    /// All rows in one picture, with their epochs; null without any.
    QImage figure() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Rows;

    void fit();

    std::vector<std::filesystem::path> m_shown;
    std::map<std::filesystem::path, QImage> m_images;
    Rows* m_rows;
};

} // namespace ocellus
