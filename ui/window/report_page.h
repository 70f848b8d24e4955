// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QWidget>

#include "ui/models/menu_subject.h"
#include "ui/session/report_plan.h"
#include "ui/widgets/open_offer.h"

class QBoxLayout;
class QLabel;
class QTreeWidget;

namespace ocellus {

class Document;

/// What goes into the report, with its state in words, and what can be made of the work.
class ReportPage : public QWidget {
    Q_OBJECT

public:
    explicit ReportPage(QWidget* parent = nullptr);

    /// As buttons in one row, in this order.
    void addActions(const QList<QAction*>& actions);
    void setPlan(const ReportPlan& plan, const Document& document);
    /// What can be opened, in the place of rows that there are not; empty where there is a model and a picture.
    void setChoices(const std::vector<OpenOffer::Choice>& choices);

signals:
    void itemActivated(const ocellus::MenuSubject& subject); ///< its picture and class are to be shown
    void planWanted();                                       ///< the page is shown: what it says may be out of date

protected:
    void showEvent(QShowEvent* event) override;

private:
    static QString summary(const ReportPlan& plan);
    void showOffer();

    std::vector<OpenOffer::Choice> m_choices;
    QStringList m_told; ///< of the rows
    QLabel* m_summary;
    QTreeWidget* m_items;
    OpenOffer* m_offer;
    QBoxLayout* m_buttons;
};

} // namespace ocellus
