// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace ocellus {

/// A table of predictions that is corrected by keys alone: Return confirms and goes on, typing corrects, Delete takes
/// back, Ctrl+Z undoes, Space shows the maps.
class PredictionTableView : public QTableView {
    Q_OBJECT

public:
    explicit PredictionTableView(QWidget* parent = nullptr);

signals:
    void confirmRequested();
    void takeBackRequested();
    void undoRequested();
    void mapsRequested();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    static bool isTyped(const QKeyEvent& event);
    bool takes(const QKeyEvent& event) const;
};

} // namespace ocellus
