// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace ocellus {

class ClassDelegate;
class ClassListModel;

/// The class list as a table with bars. Narrow, it leaves out the columns whose numbers can be seen elsewhere, so that
/// the names stay readable.
class ClassTableView : public QTableView {
    Q_OBJECT

public:
    /// The model must outlive the view, whose own model may be a proxy of it and is to be set before fitColumns().
    explicit ClassTableView(const ClassListModel& model, QWidget* parent = nullptr);

    /// Other numbers may need other widths.
    void fitColumns();

signals:
    void rowActivated(); ///< double click, or Return

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int widthOf(int column) const;

    const ClassListModel& m_classes;
    ClassDelegate* m_delegate;
};

} // namespace ocellus
