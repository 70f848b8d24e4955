// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/box_proposals.h"

#include <exception>
#include <utility>

#include "core/experiment/control_edits.h"
#include "core/image/decode.h"
#include "ui/dataset/dataset_document.h"

namespace ocellus {

namespace {

/// Empty where nothing is found, and where the picture cannot be read: the problems tell of that.
PixelBox estimateOf(const std::filesystem::path& path)
{
    try {
        return estimatedAnimal(decodePicture(path)).box();
    } catch (const std::exception&) {
        return {};
    }
}

} // namespace

BoxProposals::BoxProposals(DatasetDocument& dataset, QObject* parent) : QObject(parent), m_dataset(dataset)
{
    connect(&dataset, &DatasetDocument::replaced, this, [this] {
        cancel();
        rejectAll();
    });
    connect(&dataset, &DatasetDocument::changed, this, &BoxProposals::dropOutdated);
}

bool BoxProposals::wantsBox(int picture) const
{
    const auto& members = m_dataset.state().members;
    const auto at = static_cast<std::size_t>(picture);
    return at < members.size() && members[at].takesPart() && !members[at].box;
}

/// A box from elsewhere is the user's word.
void BoxProposals::dropOutdated()
{
    if (std::erase_if(m_boxes, [this](const auto& proposal) { return !wantsBox(proposal.first); }) > 0)
        emit changed();
}

void BoxProposals::start()
{
    std::vector<std::pair<int, std::filesystem::path>> pictures;
    for (std::size_t i = 0; i < m_dataset.state().members.size(); ++i)
        if (wantsBox(static_cast<int>(i)) && !m_boxes.contains(static_cast<int>(i)))
            pictures.emplace_back(static_cast<int>(i), m_dataset.dataset().pictures[i].path);
    const std::uint64_t run = ++m_run;
    m_done = 0;
    m_total = static_cast<int>(pictures.size());
    m_isRunning = m_total > 0;
    m_queue.request([this, run, pictures = std::move(pictures)](const std::stop_token& stop) {
        for (const auto& [picture, path] : pictures) {
            if (stop.stop_requested())
                return true;
            QMetaObject::invokeMethod(
                this, [this, run, picture = picture, box = estimateOf(path)] { take(run, picture, box); },
                Qt::QueuedConnection);
        }
        return true;
    });
    emit changed();
}

void BoxProposals::cancel()
{
    ++m_run;
    m_queue.cancelRequest();
    m_isRunning = false;
    emit changed();
}

void BoxProposals::take(std::uint64_t run, int picture, const PixelBox& box)
{
    if (run != m_run)
        return;
    m_isRunning = ++m_done < m_total;
    if (!box.empty() && wantsBox(picture))
        m_boxes[picture] = box;
    emit changed();
}

std::optional<PixelBox> BoxProposals::at(int picture) const
{
    const auto found = m_boxes.find(picture);
    return found == m_boxes.end() ? std::nullopt : std::optional(found->second);
}

void BoxProposals::acceptAll()
{
    if (m_boxes.empty())
        return;
    AssignBoxes step;
    for (const auto& [picture, box] : std::exchange(m_boxes, {}))
        if (wantsBox(picture)) {
            step.pictures.push_back(picture);
            step.boxes.push_back(box);
        }
    if (!step.pictures.empty())
        m_dataset.apply(std::move(step));
    emit changed();
}

void BoxProposals::accept(int picture)
{
    const std::optional<PixelBox> box = at(picture);
    if (!box)
        return;
    m_boxes.erase(picture);
    m_dataset.apply(AssignBoxes{{picture}, {*box}});
    emit changed();
}

void BoxProposals::reject(int picture)
{
    if (m_boxes.erase(picture) > 0)
        emit changed();
}

void BoxProposals::rejectAll()
{
    if (!std::exchange(m_boxes, {}).empty())
        emit changed();
}

} // namespace ocellus
