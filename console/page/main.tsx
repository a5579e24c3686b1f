import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './explorer.css'
import { createRoot } from 'react-dom/client'
import { Explorer } from './explorer.tsx'
import { fetchPersonas } from './personas.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const personas = await fetchPersonas()
createRoot(root).render(<Explorer personas={personas} />)
