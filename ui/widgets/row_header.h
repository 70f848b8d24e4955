// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QImage>
#include <QStringList>
#include <QWidget>

namespace ocellus {

struct MatrixRow;

/// What a row of maps is about: its title, numbers, mark, and exemplar pictures.
class RowHeader : public QWidget {
    Q_OBJECT

public:
    explicit RowHeader(QWidget* parent = nullptr);

    void setRow(const MatrixRow& row);
    void setSelected(bool selected);

    /// Height that shows everything in this width.
    int heightForWidth(int width) const override;

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    QString m_title;
    QStringList m_details;
    std::vector<QImage> m_exemplars;
    bool m_flagged = false;
    bool m_selected = false;
};

} // namespace ocellus
