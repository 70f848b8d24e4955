// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/picture_sections.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/dataset/dataset_document.h"
#include "ui/dataset/dataset_thumbnails.h"
#include "ui/dataset/picture_section.h"
#include "ui/dataset/picture_section_model.h"

namespace ocellus {

namespace {

constexpr int mostClassesInMenu = 40;

std::optional<PictureSplit> splitOf(DatasetSection section)
{
    switch (section) {
    case DatasetSection::Train: return PictureSplit::Train;
    case DatasetSection::Val: return PictureSplit::Val;
    case DatasetSection::Test: return PictureSplit::Test;
    case DatasetSection::Undivided:
    case DatasetSection::LeftOut: break;
    }
    return std::nullopt;
}

/// What stands beside a picture: what is wrong with it itself, not with its class.
QStringList remarksOf(const DatasetDocument& dataset)
{
    QStringList remarks(static_cast<qsizetype>(dataset.dataset().pictures.size()));
    for (const DatasetProblem& problem : dataset.problems())
        if (problem.kind <= ProblemKind::BoxOutside)
            for (const int picture : problem.pictures)
                if (remarks[picture].isEmpty())
                    remarks[picture] = QString::fromStdString(problem.sentence);
    const Examination& known = dataset.examination();
    for (std::size_t i = 0; i < known.pictures.size() && i < dataset.dataset().pictures.size(); ++i)
        if (const ExaminedPicture& picture = known.pictures[i]; !picture.unreadable.empty())
            remarks[static_cast<qsizetype>(i)] = QString::fromStdString(picture.unreadable);
        else if (!picture.remark.empty())
            remarks[static_cast<qsizetype>(i)] = QString::fromStdString(picture.remark);
    return remarks;
}

} // namespace

PictureSections::PictureSections(DatasetDocument& dataset, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_thumbnails(new DatasetThumbnails(dataset, this)),
      m_splitter(new QSplitter(Qt::Vertical, this))
{
    m_splitter->setChildrenCollapsible(false);
    for (const DatasetSection kind : everySection) {
        auto* section = new PictureSection(kind, dataset, *m_thumbnails, m_splitter);
        m_splitter->addWidget(section);
        m_splitter->setStretchFactor(m_splitter->count() - 1, kind == DatasetSection::Train ? 3 : 2);
        m_sections[kind] = section;
        connect(section, &PictureSection::opened, this, &PictureSections::opened);
        connect(section, &PictureSection::dropped, this,
                [this, kind](const std::vector<int>& pictures) { move(pictures, kind); });
        connect(section->view(), &QWidget::customContextMenuRequested, this,
                [this, section](QPoint place) { showMenu(*section, place); });
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
    addActions();
    connect(&dataset, &DatasetDocument::replaced, this, [this] {
        m_only.reset();
        m_classes.clear();
        for (const auto& [kind, section] : m_sections)
            section->view()->clearSelection(); // the same numbers are other pictures now
    });
    connect(&dataset, &DatasetDocument::changed, this, &PictureSections::follow);
    follow();
}

void PictureSections::addActions()
{
    addAction(tr("Move to &training"), Qt::CTRL | Qt::SHIFT | Qt::Key_T, DatasetSection::Train);
    addAction(tr("Move to &validation"), Qt::CTRL | Qt::SHIFT | Qt::Key_V, DatasetSection::Val);
    addAction(tr("Move to t&est"), Qt::CTRL | Qt::SHIFT | Qt::Key_E, DatasetSection::Test);
    addAction(tr("&Leave out"), Qt::Key_Delete, DatasetSection::LeftOut);
    addAction(tr("Take &back in"), Qt::SHIFT | Qt::Key_Delete, DatasetSection::Undivided);
}

QAction* PictureSections::addAction(const QString& text, const QKeySequence& keys, DatasetSection section)
{
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, section] { move(chosen(), section); });
    QWidget::addAction(action);
    return action;
}

void PictureSections::setClasses(std::set<std::string> names)
{
    m_classes = std::move(names);
    m_only.reset();
    follow();
}

void PictureSections::setPictures(std::optional<std::vector<int>> pictures)
{
    m_only = std::move(pictures);
    follow();
}

std::vector<int> PictureSections::chosen() const
{
    std::vector<int> pictures;
    for (const auto& [kind, section] : m_sections)
        std::ranges::copy(section->chosen(), std::back_inserter(pictures));
    std::ranges::sort(pictures);
    return pictures;
}

std::vector<int> PictureSections::shown() const
{
    std::vector<int> pictures;
    for (const auto& [kind, section] : m_sections)
        std::ranges::copy(section->model()->pictures(), std::back_inserter(pictures));
    return pictures;
}

void PictureSections::move(const std::vector<int>& pictures, DatasetSection section)
{
    const auto& members = m_dataset.state().members;
    const auto those = [&](auto&& is) {
        std::vector<int> result;
        std::ranges::copy_if(pictures, std::back_inserter(result),
                             [&](int picture) { return is(members.at(static_cast<std::size_t>(picture))); });
        return result;
    };
    if (section == DatasetSection::LeftOut) {
        if (auto all = those([](const DatasetMember& member) { return member.takesPart(); }); !all.empty())
            m_dataset.apply(ExcludePictures{std::move(all), tr("by hand").toStdString()});
        return;
    }
    if (auto out = those([](const DatasetMember& member) { return !member.takesPart(); }); !out.empty())
        m_dataset.apply(IncludePictures{std::move(out)});
    const std::optional<PictureSplit> split = splitOf(section);
    if (!split)
        return;
    if (auto others = those([&](const DatasetMember& member) { return member.split != *split; }); !others.empty())
        m_dataset.apply(AssignSplit{std::move(others), *split});
}

void PictureSections::follow()
{
    std::map<DatasetSection, std::vector<int>> pictures;
    std::set<DatasetSection> used; ///< by the whole data set: dropping wants a place
    const auto& members = m_dataset.state().members;
    const auto isShown = [&](int picture, const DatasetMember& member) {
        return m_only ? std::ranges::binary_search(*m_only, picture)
                      : m_classes.empty() || m_classes.contains(member.className);
    };
    for (std::size_t i = 0; i < members.size(); ++i) {
        const DatasetSection kind = sectionOf(members[i]);
        used.insert(kind);
        if (isShown(static_cast<int>(i), members[i]))
            pictures[kind].push_back(static_cast<int>(i));
    }
    const QStringList remarks = remarksOf(m_dataset);
    const bool isDivided = used.contains(DatasetSection::Train) || used.contains(DatasetSection::Val);
    for (const auto& [kind, section] : m_sections) {
        section->model()->setRemarks(remarks);
        section->setPictures(pictures[kind]);
        const bool isUsual = kind == DatasetSection::Train || kind == DatasetSection::Val;
        section->setVisible(isUsual ? isDivided : !pictures[kind].empty());
    }
}

void PictureSections::showMenu(const PictureSection& section, QPoint place)
{
    const std::vector<int> pictures = chosen();
    if (pictures.empty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* open = menu->addAction(tr("&Look at it, and draw its box"));
    connect(open, &QAction::triggered, this, [this, picture = pictures.front()] { emit opened(picture); });
    menu->addSeparator();
    menu->addActions(actions());
    fillClasses(*menu->addMenu(tr("Put into &species")), pictures);
    menu->popup(section.view()->viewport()->mapToGlobal(place));
}

void PictureSections::fillClasses(QMenu& menu, const std::vector<int>& pictures)
{
    const auto& names = m_dataset.state().classNames;
    for (std::size_t i = 0; i < names.size() && i < mostClassesInMenu; ++i) {
        const QString text = QString::fromStdString(names[i]).replace('&', QStringLiteral("&&"));
        connect(menu.addAction(text), &QAction::triggered, this, [this, pictures, name = names[i]] {
            m_dataset.apply(AssignClass{pictures, name});
        });
    }
    if (names.size() > mostClassesInMenu)
        menu.addAction(tr("Drag the pictures onto a species of the list for others"))->setEnabled(false);
}

} // namespace ocellus
