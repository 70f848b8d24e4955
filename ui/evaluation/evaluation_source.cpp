// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluation_source.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"
#include "ui/evaluation/evaluation_text.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace fs = std::filesystem;

using Kind = EvaluationForm::Source;

EvaluationSource::EvaluationSource(DatasetDocument& dataset, EvaluationForm& form, QObject* parent)
    : QObject(parent),
      m_dataset(dataset),
      m_form(form),
      m_reading(this)
{
    connect(&form, &EvaluationForm::partChanged, this, [this] { m_isPartChosen = true; });
    connect(&dataset, &DatasetDocument::replaced, this, [this] {
        if (isOpenDataset())
            forgetPart();
    });
    connect(&dataset, &DatasetDocument::changed, this, [this] {
        if (isOpenDataset())
            show();
        emit changed();
    });
    connect(&dataset, &DatasetDocument::workChanged, this, &EvaluationSource::changed);
    show();
}

void EvaluationSource::take(Kind kind)
{
    m_kind = kind;
    forgetPart();
    show();
    emit changed();
}

void EvaluationSource::takeOpenDataset()
{
    m_reading.drop();
    take(Kind::OpenDataset);
}

void EvaluationSource::takeFolder(const fs::path& folder)
{
    m_reading.drop();
    m_folder = folder;
    take(Kind::Folder);
}

void EvaluationSource::takeDatasetFile(const fs::path& file)
{
    m_reading.read<std::shared_ptr<const NamedDataset>>(
        Step::Dataset,
        [file]() -> std::shared_ptr<const NamedDataset> {
            return std::make_shared<const NamedDataset>(openNamedDataset(file));
        },
        [this](std::shared_ptr<const NamedDataset> set) {
            m_file = std::move(set);
            take(Kind::DatasetFile);
        },
        [this](const Failure& failure) { emit failed(failure); });
}

void EvaluationSource::show()
{
    if (m_kind == Kind::Folder) {
        m_form.setSource(toQString(m_folder.filename()), toQString(m_folder));
        m_form.setParts({}, {});
    } else if (m_kind == Kind::DatasetFile) {
        m_form.setSource(toQString(m_file->file.filename()), toQString(m_file->file));
        showParts(m_file->state);
    } else {
        m_form.setSource(m_dataset.isEmpty() ? tr("no data set is open") : m_dataset.name(),
                         toQString(m_dataset.file()));
        showParts(m_dataset.state());
    }
}

void EvaluationSource::showParts(const DatasetState& state)
{
    std::array<int, 4> counts{};
    int all = 0;
    for (const DatasetMember& member : state.members)
        if (member.takesPart()) {
            ++counts[static_cast<std::size_t>(member.split)];
            ++all;
        }
    std::vector<EvaluationForm::PartChoice> choices;
    for (const PictureSplit part : {PictureSplit::Val, PictureSplit::Test, PictureSplit::Train})
        if (const int count = counts[static_cast<std::size_t>(part)]; count > 0)
            choices.push_back({part, tr("%1 (%2)").arg(partText(part), countText(count))});
    if (all > 0)
        choices.push_back({{}, tr("%1 (%2)").arg(partText({}), countText(all))});
    const std::optional<PictureSplit> chosen = m_form.part();
    const bool isThere = std::ranges::find(choices, chosen, &EvaluationForm::PartChoice::part) != choices.end();
    m_form.setParts(choices, m_isPartChosen && isThere ? chosen : usualPart(state));
}

QString EvaluationSource::whyNot() const
{
    if (!isOpenDataset())
        return {};
    if (m_dataset.isEmpty())
        return tr("Open a data set on its page, or choose a folder or a data set's "
                  "file here.");
    if (m_dataset.state().crop.on && m_dataset.work() != DatasetDocument::Work::None)
        return tr("The data set is being examined: its crops need the sizes of its "
                  "pictures.");
    return {};
}

EvaluatedData EvaluationSource::wanted() const
{
    if (m_kind == Kind::Folder)
        return {m_folder, nullptr, {}};
    if (m_kind == Kind::DatasetFile)
        return {{}, m_file, m_form.part()};
    NamedDataset set;
    set.file = m_dataset.file();
    if (set.file.empty() && !m_dataset.dataset().sources.empty())
        set.file = m_dataset.dataset().sources.front() / "data set"; // what names of pictures are relative to
    set.dataset = m_dataset.dataset();
    set.state = m_dataset.state();
    return {{}, std::make_shared<const NamedDataset>(std::move(set)), m_form.part()};
}

bool EvaluationSource::isStillOpen(const NamedDataset& set) const
{
    const Dataset& now = m_dataset.dataset();
    return set.dataset.steps == now.steps && set.dataset.sources == now.sources &&
           set.dataset.pictures.size() == now.pictures.size();
}

} // namespace ocellus
