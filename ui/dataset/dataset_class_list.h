// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <QWidget>

class QAction;
class QKeyEvent;
class QKeySequence;
class QLineEdit;
class QMenu;
class QSortFilterProxyModel;
class QTableView;

namespace ocellus {

class DatasetClassModel;
class DatasetDocument;

/// The classes of a data set as a table that is sorted and filtered; those that are chosen are shown beside it.
class DatasetClassList : public QWidget {
    Q_OBJECT

public:
    /// `dataset` must outlive the widget.
    explicit DatasetClassList(DatasetDocument& dataset, QWidget* parent = nullptr);

    std::set<std::string> chosen() const;
    /// And scrolls to the first of them. Those that are not there are passed over.
    void choose(const std::set<std::string>& names);
    /// Begins to write the name anew.
    void rename(const std::string& name);
    QTableView* view() const { return m_view; }

signals:
    void chosenChanged();
    void leavingOutWanted(const std::vector<int>& pictures); ///< all of the chosen

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; ///< keys of the table

private:
    QAction* actionOf(const QKeyEvent& event) const;
    QAction* addAction(const QString& text, const QKeySequence& keys, void (DatasetClassList::*does)());
    void addActions();
    void showMenu(QPoint place);
    void fillTargets(QMenu& menu);
    void renameCurrent();
    void leaveOut();
    void fitColumns();
    void rememberChosen();
    void chooseAgain();

    DatasetDocument& m_dataset;
    DatasetClassModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QTableView* m_view;
    QAction* m_rename = nullptr;
    QAction* m_leaveOut = nullptr;
    QAction* m_show = nullptr;
    std::map<std::string, std::size_t> m_chosen; ///< with a picture of each, which knows its name when that changes
};

} // namespace ocellus
