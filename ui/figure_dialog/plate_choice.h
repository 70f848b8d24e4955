// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QGroupBox>

#include "ui/figures/plate.h"

class QListWidget;
class QPushButton;

namespace ocellus {

/// A list of what a figure can show, with a mark before each that it does.
class PlateChoice : public QGroupBox {
    Q_OBJECT

public:
    struct Item {
        PlateKey key;
        QString text;
    };

    explicit PlateChoice(const QString& title, QWidget* parent = nullptr);

    /// Hidden where there is nothing to choose between.
    void setItems(const std::vector<Item>& items, const PlateOptions& options);
    /// Hides in `options` what is not marked.
    void apply(PlateOptions& options) const;
    QListWidget* list() const { return m_list; }

signals:
    void changed();

private:
    void markAll(Qt::CheckState state);

    QString m_otherTitle; ///< where it lists neither classes nor heads
    QListWidget* m_list;
    std::vector<Item> m_items;
    bool m_filling = false;
};

std::vector<PlateChoice::Item> rowItems(const MapMatrix& matrix);
std::vector<PlateChoice::Item> columnItems(const MapMatrix& matrix);

} // namespace ocellus
