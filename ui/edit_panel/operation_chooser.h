// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

class QToolButton;

namespace ocellus {

/// A button for each operation; those that need what is not there are disabled and say why in their tool tips.
class OperationChooser : public QWidget {
    Q_OBJECT

public:
    explicit OperationChooser(QWidget* parent = nullptr);

    /// `hasPicture`: there is one to edit. `hasRegion`: something is selected. `hint` says how to get a region.
    void setAvailable(bool hasPicture, bool hasRegion, const QString& hint);

signals:
    void chosen(std::size_t kind); ///< its place in Operation

private:
    QToolButton* button(std::size_t kind);

    std::vector<QToolButton*> m_buttons; ///< in the order of Operation
};

} // namespace ocellus
