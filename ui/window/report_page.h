// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QWidget>

#include "ui/models/menu_subject.h"
#include "ui/session/report_plan.h"

class QBoxLayout;
class QLabel;
class QTreeWidget;

namespace ocellus {

class ClassNames;

/// What goes into the report, picture by picture, with what can be made of the work.
class ReportPage : public QWidget {
    Q_OBJECT

public:
    explicit ReportPage(QWidget* parent = nullptr);

    /// As buttons in one row, in this order.
    void addActions(const QList<QAction*>& actions);
    void setPlan(const ReportPlan& plan, const ClassNames& names);

signals:
    void itemActivated(const ocellus::MenuSubject& subject); ///< its picture and class are to be shown
    void planWanted();                                       ///< the page is shown: what it says may be out of date

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLabel* m_summary;
    QTreeWidget* m_items;
    QBoxLayout* m_buttons;
};

} // namespace ocellus
