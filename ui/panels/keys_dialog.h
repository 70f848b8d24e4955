// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

class QAction;
class QTableWidget;

namespace ocellus {

/// A key or mouse gesture that belongs to no action.
struct Gesture {
    QString keys; ///< "Wheel", "Space and drag"
    QString what;
};

/// The window's actions with their shortcuts, and the gestures beside them.
class KeysDialog : public QDialog {
    Q_OBJECT

public:
    /// Actions without a shortcut or a text are left out.
    explicit KeysDialog(const QList<QAction*>& actions, const QList<Gesture>& gestures = {}, QWidget* parent = nullptr);

private:
    void addRow(const QString& keys, const QString& what);

    QTableWidget* m_table;
};

} // namespace ocellus
