// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/models/limit_choice.h"

class QAbstractItemView;
class QAction;
class QLabel;
class QLineEdit;
class QLayout;
class QMenu;

namespace ocellus {

class ClassFilterProxy;
class ClassListModel;
class ClassTableView;
class LimitAside;
class LimitModes;
class RowChoice;
class ViewNotice;
class YieldingText;

/// The classes with their numbers and bars, and the choice of those that take part.
class ClassesPanel : public QWidget {
    Q_OBJECT

public:
    /// The model must outlive the panel; the panel keeps its checks in step with the limit.
    explicit ClassesPanel(ClassListModel* model, QWidget* parent = nullptr);

    /// Selects a class without a signal; -1 selects none.
    void setCurrentClass(int classIndex);
    int currentClass() const;

    /// What checking classes can mean is what the model has; the rest is not shown, and why is said.
    void setOffer(const ModelOffer& offer);

    /// Sets checks and mode without a signal.
    void setLimit(const LimitChoice& choice);
    LimitChoice limit() const;

    /// How unusual the picture is, below the table; may be empty.
    void setRemark(const QString& text);

    /// Keyboard focus into the filter box.
    void focusFilter();

    /// Further limits, below the panel's own.
    void addLimits(const QList<QAction*>& actions);
    /// For the window's menu too: limit to the checked, top 5, similar, two selected, those added; clear; check; pin.
    const QList<QAction*>& limitActions() const { return m_actions; }
    QList<int> selectedClasses() const;
    QAbstractItemView* list() const;
    /// Below the panel's own, in the menu of its rows.
    void addToMenu(const QList<QAction*>& actions);

signals:
    void classChosen(int classIndex);
    /// Double click, or Return: its maps are wanted in front.
    void classActivated(int classIndex);
    /// The classes are numbered, and the user wants to load their names.
    void namesRequested();
    /// Compare querySet() with the one before: checks change without an effect while the mode is "all".
    void limitChanged(const ocellus::LimitChoice& choice);
    void pinnedChanged(const QList<int>& classes);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildActions();
    QWidget* buildNamesOffer();
    void connectModel();
    QLayout* buildLayout();
    QAction* makeAction(const QString& text, const QString& toolTip, void (ClassesPanel::*slot)());

    void limitToChecked();
    void limitToTop();
    void limitToSimilar();
    void limitToSelected();
    void clearLimit();
    void toggleChecks();
    void togglePins();
    void limitTo(const QList<int>& classes);
    void report();
    void updateMode();
    void updateActions();
    void updateFoot();
    void updateNotice();

    ClassListModel* m_model;
    ClassFilterProxy* m_proxy;
    QLineEdit* m_filter;
    ClassTableView* m_table;
    ViewNotice* m_notice;
    LimitModes* m_mode;
    QLabel* m_hint;
    LimitAside* m_aside;
    YieldingText* m_foot;
    QString m_remark;
    QWidget* m_namesOffer;
    RowChoice* m_choice;
    QList<QAction*> m_actions;
    QMenu* m_limitMenu;
    QAction* m_limitToChecked;
    QAction* m_limitToTop;
    QAction* m_limitToSimilar;
    QAction* m_limitToTwo;
    QAction* m_clear;
    QAction* m_check;
    QAction* m_pin;
    QWidget* m_limitRow;
    LimitChoice m_reported;
};

} // namespace ocellus
