// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <utility>

namespace ocellus {

Error::Error(ErrorCode code, std::string subject, std::string detail, std::string wayOut)
    : m_code(code),
      m_subject(std::move(subject)),
      m_detail(std::move(detail)),
      m_wayOut(std::move(wayOut)),
      m_message(m_subject.empty() ? m_detail : m_subject + ": " + m_detail)
{
    if (!m_wayOut.empty())
        m_message += ". " + m_wayOut;
}

} // namespace ocellus
